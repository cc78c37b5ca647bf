"""What an earlier run found of entry points and source roots holds as long as nothing that tells of them changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.project import entry_points
from ssot_lint.project.roots import SourceRoots
from tests.test_results import report, said, write

FILES = {
    "pyproject.toml": "[project]\nname = 'shop'\n[project.scripts]\nshop = 'shop.cli:main'\n",
    "shop/__init__.py": "",
    "shop/web.py": "from shop.make import build\n\napp = build()\n",
    "shop/make.py": "from fastapi import FastAPI\n\n\ndef build():\n    return FastAPI()\n",
    "shop/cli.py": "def main():\n    missing()\n",
    "shop/other.py": "# FastAPI build App\n\n\ndef serve():\n    return missing\n",
}
MODULES = sorted(path for path in FILES if path.endswith(".py"))
EDITS = {
    "words": "# What follows is long.\n\n{}",
    "an application of a factory": "from shop.make import build\n{}\nmore = build()\n",
    "an application": "from fastapi import FastAPI\n{}\nmore = FastAPI()\n",
    "a server": "{}\nimport uvicorn\nuvicorn.run('shop.other:serve')\n",
    "a guard": "{}\nif __name__ == '__main__':\n    missing()\n",
    "a program": "{}\nimport click\n@click.command()\ndef one(): missing()\nif __name__ == '__main__': one()\n",
    "what can't be parsed": "{}\ndef (:\n",
    "nothing": "",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    write(root, FILES)
    return root


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.mark.parametrize("edit", sorted(EDITS))
def test_whatever_was_found_before_the_answer_is_the_same(project: Path, cache: Path, edit: str) -> None:
    started = said(report(project, cache_dir=cache))
    assert {each["spec"] for each in started["entry_points"]} >= {"shop.web", "shop.cli:main"}
    for path in MODULES:
        write(project, {path: EDITS[edit].format(FILES[path])})
        expected = said(report(project, no_cache=True))
        assert said(report(project, cache_dir=cache)) == expected
        write(project, {path: FILES[path]})
        assert said(report(project, cache_dir=cache)) == started


def test_what_starts_nothing_has_no_entry_points_looked_for_again(
    project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report(project, cache_dir=cache)
    write(project, {"shop/other.py": EDITS["words"].format(FILES["shop/other.py"])})
    expected = said(report(project, no_cache=True))
    monkeypatch.setattr(entry_points, "find_entry_points", None)
    assert said(report(project, cache_dir=cache)) == expected


def test_other_files_are_looked_through_again(project: Path, cache: Path) -> None:
    before = said(report(project, cache_dir=cache))
    write(project, {"Procfile": "web: uvicorn shop.other:serve\n"})
    after = said(report(project, cache_dir=cache))
    assert after == said(report(project, no_cache=True))
    assert len(after["entry_points"]) > len(before["entry_points"])


NESTED = {
    "server/__init__.py": "",
    "server/main.py": "import tools\nimport models\n\ntools.run()\n",
    "server/tools.py": "def run():\n    missing()\n",
    "server/models.py": "import tools\n",
    "Procfile": "web: cd server && python main.py\n",
}


@pytest.mark.parametrize("imports", ["from server import tools\nfrom server import models\n", "import tools\n", ""])
def test_imports_that_change_move_the_roots(project: Path, cache: Path, imports: str) -> None:
    write(project, NESTED)
    before = said(report(project, cache_dir=cache))
    for path in ("server/main.py", "server/models.py"):
        write(project, {path: f"{imports}\ntools.run()\n"})
        expected = said(report(project, no_cache=True))
        assert said(report(project, cache_dir=cache)) == expected
    write(project, NESTED)
    assert said(report(project, cache_dir=cache)) == before


def test_the_same_imports_leave_the_roots_where_they_are(
    project: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project, NESTED)
    report(project, cache_dir=cache)
    write(project, {"server/main.py": f"# words\n{NESTED['server/main.py']}"})
    expected = said(report(project, no_cache=True))
    monkeypatch.setattr(SourceRoots, "_decide", None)
    assert said(report(project, cache_dir=cache)) == expected
