"""Suppression comments in files that are not Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.check import CheckOptions, check
from ssot_lint.comments import comments
from ssot_lint.run import Request, Run
from tests.settings.projects import write

IGNORE = "# ssot-lint: ignore[SSOT209] on purpose"


def said(root: Path, select: tuple[str, ...] = ("SSOT209", "SSOT902"), *, cached: Path | None = None) -> list[str]:
    request = Request((root,), no_cache=cached is None, cache_dir=cached, jobs=1)
    with Run(request) as run:
        found = check(run, CheckOptions(select=select)).findings
    return [f"{each.code} {each.span.path}:{each.span.line}" for each in found]


@pytest.mark.parametrize(
    "text",
    [
        f"A=1\n{IGNORE}\nA=2\n",
        f"A=1\nA=2  {IGNORE}\n",
        f"{IGNORE.replace('ignore', 'ignore-file')}\nA=1\nA=2\n",
        "A=1\nA=2 # ssot-lint: ignore\n",
    ],
)
def test_a_comment_in_an_environment_file(tmp_path: Path, text: str) -> None:
    assert said(write(tmp_path, {"staging.env": "A=1\nA=2\n"})) == ["SSOT209 staging.env:2"]
    assert said(write(tmp_path, {"staging.env": text})) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{IGNORE}\nA=1\n", ["SSOT902 staging.env:1"]),
        ("# ssot-lint: ignore[SSOT999]\nA=1\n", ["SSOT902 staging.env:1"]),
        ("# ssot-lint: ignore[SSOT205]\nA=1\n", []),  # is not checked here
        (f'A=1\nB="x {IGNORE}"\n', []),
        ("A=x#ssot-lint: ignore[SSOT209]\n", []),
    ],
)
def test_what_suppresses_nothing(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert said(write(tmp_path, {"staging.env": text})) == expected


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("compose.yaml", f"    A: 1  {IGNORE}"),
        ("deploy.sh", f"  {IGNORE}"),
        ("main.tf", f'name = "A"  {IGNORE}'),
        ("settings.toml", f"a = 1 {IGNORE}"),
        (".env.staging.template", f"A= {IGNORE}"),
        ("Makefile", f"deploy: {IGNORE}"),
        ("Dockerfile.api", IGNORE),
    ],
)
def test_the_formats_that_have_comments(tmp_path: Path, path: str, line: str) -> None:
    write(tmp_path, {path: f"\n{line}\n"})
    assert [(each.span.line, each.codes, each.reason) for each in comments(tmp_path, [path])] == [
        (2, ("SSOT209",), "on purpose")
    ]


@pytest.mark.parametrize(
    ("path", "line"), [("Dockerfile", f"ENV A=1 {IGNORE}"), ("service.json", IGNORE), ("README.md", IGNORE)]
)
def test_what_is_no_comment_there(tmp_path: Path, path: str, line: str) -> None:
    write(tmp_path, {path: f"{line}\n"})
    assert list(comments(tmp_path, [path])) == []


def test_a_mapping_that_nothing_imports(tmp_path: Path) -> None:
    mapping = 'SECRET_MAPPINGS = {\n    "API_KEY": "api-key",{}\n    "API_KEY": "api-key-two",{}\n}\n'
    files = {"main.py": "x = 1\n", "ssot-lint.toml": 'entry-points = ["main"]\n'}
    plain, ignored = (mapping.replace("{}", each) for each in ("", "  # ssot-lint: ignore[SSOT205, SSOT209]"))
    write(tmp_path, {**files, "deploy/secrets_config.py": plain})
    before = said(tmp_path, ("SSOT205", "SSOT209"))
    write(tmp_path, {**files, "deploy/secrets_config.py": ignored})
    assert before
    assert said(tmp_path, ("SSOT205", "SSOT209")) == []


def test_the_cache_sees_a_new_comment(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    project = write(tmp_path / "project", {"staging.env": "A=1\nA=2\n"})
    assert said(project, cached=cache) == said(project, cached=cache) == ["SSOT209 staging.env:2"]
    write(project, {"staging.env": f"A=1\n{IGNORE}\nA=2\n"})
    assert said(project, cached=cache) == []
