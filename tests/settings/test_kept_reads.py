from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ssot_lint.check import CheckOptions, check
from ssot_lint.locate import Places
from ssot_lint.run import Request, Run
from ssot_lint.settings import kept_reads
from ssot_lint.settings.reads.indexes import Indexes
from ssot_lint.settings.reads.scan import Reads, code_settings
from tests.settings.projects import write

LONG = f'    "{"so long that it is worth waiting. " * 8}"\n'
CONF = "import os\n\n\ndef ask(name):\n    return os.environ[name]\n\n\ndef given(env):\n    return env.get('GIVEN')\n"
TOOLS = (
    f"from conf import ask, given\nimport os\n\n\ndef first(one):\n{LONG}    return one\n\n\n"
    f"def second():\n{LONG}    return ask('TOKEN')\n\n\ndef third(where):\n{LONG}    return given(where)\n\n\n"
    "def fourth():\n    return third(os.environ)\n\n\n"
    f"def begin():\n{LONG}    return sorted([2, 1], key=lambda each: -each)\n"
)
MAIN = "import tools\ntools.begin()\nfrom fastapi import FastAPI\napp = FastAPI()\n"
SAME = {
    "what looks like a key": TOOLS.replace("return one", "return 'OTHER_KEY'"),
    "another body": TOOLS.replace("return one", "return print(one, [one])"),
    "a function more": TOOLS.replace("def first", "def more(n):\n    return n + 1\n\n\ndef first"),
    "a long function more": TOOLS.replace("def first", f"def more(n):\n{LONG}    return n[0]\n\n\ndef first"),
    "a function less": TOOLS.replace(f"def first(one):\n{LONG}    return one\n\n\n", ""),
}
OTHER = {
    "a generator": TOOLS.replace("return one", "return (yield one)"),
    "a wrapper in another body": TOOLS.replace("return one", "return ask(one or 'OTHER')"),
    "a wrapper under another name": TOOLS.replace("return one", "return one.ask"),
    "a wrapper in a function more": f"{TOOLS}\n\ndef more():\n    return ask('OTHER')\n",
    "a wrapper in a long function more": f"{TOOLS}\n\ndef more():\n{LONG}    return ask('OTHER')\n",
    "a read in another body": TOOLS.replace("return one", "return os.environ['OTHER']"),
    "a subscript in a function more": f"{TOOLS}\n\ndef more(x):\n    return x[0]\n",
    "another reader": TOOLS.replace("ask('TOKEN')", "ask('OTHER')"),
    "another receiver": TOOLS.replace("return given(where)", "return where"),
    "what main asks for": f"{TOOLS}\n\ndef app():\n    return 1\n",
}


def _reads(root: Path, cache: Path | None) -> list[tuple[str, str, str]]:
    """The name, need and place of each read, as a check comes to them."""
    with Run(Request((root,), cache_dir=cache, no_cache=cache is None, jobs=1)) as run:
        check(run, CheckOptions(select=("SSOT1", "SSOT2")))
        places = Places(run.project)
        reads = [each for each in run.context.settings if each.role == "read"]
        return [(each.name, each.need, str(places.span(each.place))) for each in reads]


def _edited(root: Path, cache: Path, tools: str) -> list[tuple[str, str, str]]:
    """Fills a cache, then edits the module; what is read now, without the cache."""
    _reads(root, cache)
    write(root, {"tools.py": tools})
    return _reads(root, None)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path / "project", {"conf.py": CONF, "tools.py": TOOLS, "main.py": MAIN})


def test_what_is_read_is_found(project: Path) -> None:
    assert {name for name, _, _ in _reads(project, None)} == {"TOKEN", "GIVEN"}


@pytest.mark.parametrize("edit", sorted(SAME))
def test_what_nobody_looked_into_has_nothing_read_again(
    project: Path, tmp_path: Path, edit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = _edited(project, tmp_path / "cache", SAME[edit])
    monkeypatch.setattr(kept_reads, "code_settings", None)
    assert _reads(project, tmp_path / "cache") == expected


@pytest.mark.parametrize("edit", sorted(OTHER))
def test_what_may_read_or_be_read_is_read_again(
    project: Path, tmp_path: Path, edit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = _edited(project, tmp_path / "cache", OTHER[edit])
    again: list[Indexes] = []

    def reading(indexes: Indexes, *told: Any) -> Reads:
        again.append(indexes)
        return code_settings(indexes, *told)

    monkeypatch.setattr(kept_reads, "code_settings", reading)
    assert _reads(project, tmp_path / "cache") == expected
    assert len(again) == 1
