"""Compose files that are used by themselves, and what their services lack."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

CODE = "import os\n" + "".join(f'os.environ["{letter}_URL"]\n' for letter in "ABCDE")
SERVICES = "services:\n  web:\n    image: shop\n    command: python -m main\n    environment:\n"
ALL = SERVICES + "".join(f"      {letter}_URL: x\n" for letter in "ABCDE")
LESS = ALL.replace("      E_URL: x\n", "")


def _told(root: Path, files: dict[str, str]) -> list[str]:
    return said(write(root, {"ssot-lint.toml": 'entry-points = ["main"]\n', "main.py": CODE, **files}), "SSOT206")


@pytest.mark.parametrize(
    ("command", "is_told"),
    [
        ("docker compose -f compose.prod.yaml up -d", True),
        ("docker-compose --file=deploy/compose.prod.yaml pull", True),
        ("docker compose -f compose.yaml -f compose.prod.yaml up", False),
        ("docker compose \\\n  -f compose.yaml \\\n  -f compose.prod.yaml up", False),
        ("docker compose up", False),
        ("docker compose -f compose.test.yaml up", False),
    ],
)
def test_a_file_that_a_command_uses_alone(tmp_path: Path, command: str, is_told: bool) -> None:
    findings = _told(tmp_path, {"compose.yaml": ALL, "compose.prod.yaml": LESS, "deploy.sh": f"{command}\n"})
    assert len(findings) == is_told
    assert all("error compose.prod.yaml:9 the service `web` lacks `E_URL`" in each for each in findings)


@pytest.mark.parametrize(("files", "is_told"), [({}, True), ({"compose.override.yaml": ALL}, False)])
def test_the_file_that_is_used_where_none_is_named(tmp_path: Path, files: dict[str, str], is_told: bool) -> None:
    script = {"deploy.sh": "docker compose -f compose.prod.yaml up -d\n"}
    findings = _told(tmp_path, {"compose.yaml": LESS, "compose.prod.yaml": ALL, **script, **files})
    assert len(findings) == is_told
    assert all("warning compose.yaml:9 the service `web` lacks `E_URL`" in each for each in findings)


def test_what_an_image_gives_no_file_lacks(tmp_path: Path) -> None:
    files = {"compose.yaml": ALL, "compose.prod.yaml": LESS, "deploy.sh": "docker compose -f compose.prod.yaml up\n"}
    assert _told(tmp_path, {**files, "Dockerfile": "FROM x\nENV E_URL=x\n"}) == []
