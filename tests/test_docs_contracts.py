"""What `docs/contracts.md` shows is what the tool takes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ssot_lint.checks.registry import sections
from ssot_lint.config.load import load, load_pack, shipped_packs
from ssot_lint.examples import trials
from ssot_lint.run import Request, Run

PAGE = (Path(__file__).parents[1] / "docs/contracts.md").read_text(encoding="utf-8")
TOML = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
PYTHON = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("text", [text for text in TOML if text.startswith("[[contracts]]")])
def test_every_contract_can_be_loaded(tmp_path: Path, text: str) -> None:
    (tmp_path / "ssot-lint.toml").write_text(text)
    assert len(load([tmp_path]).contracts) == 1


def test_the_pack_passes_its_own_examples(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").write_text(next(text for text in TOML if text.startswith("name")))
    pack = load_pack(tmp_path / "ours.toml", tmp_path)
    assert [trial.passed for trial in trials(pack.contracts)] == [True, True]


def test_every_shipped_pack_is_listed() -> None:
    assert set(re.findall(r"^\| `([\w-]+)` \|", PAGE, re.MULTILINE)) == set(shipped_packs())


def test_the_rule_in_python_finds_and_explains_itself(tmp_path: Path) -> None:
    names: dict[str, Any] = {}
    exec(PYTHON[0], names)  # noqa: S102 - the page's own example
    rule = names["Rule"]
    rule.longest = 1
    (tmp_path / "app.py").write_text("def start():\n    near()\ndef near():\n    far()\ndef far(): ...\n")
    with Run(Request((tmp_path,), isolated=True, entry_points=("app:start",), no_cache=True, jobs=1)) as run:
        (found,) = rule().check(run.context)
    assert (found.target, [hop.callee for hop in found.chain]) == ("app.far", ["app.near"])
    assert {"What it does", "Why is this bad?", "Example", "Fix"} <= sections(rule).keys()
