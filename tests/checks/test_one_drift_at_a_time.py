"""The mended `fixtures/chat_platform`, with one change at a time: what a commit may break, and what it may not."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import tomli

from ssot_lint.check import CheckOptions, check
from ssot_lint.run import Request, Run

ROOT = Path(__file__).parents[2]
CHANGES = tomli.loads((ROOT / "tests/data/one_drift_at_a_time.toml").read_text("utf-8"))["change"]


@pytest.mark.parametrize("change", [pytest.param(each, id=each["name"]) for each in CHANGES])
def test_one_change(tmp_path: Path, change: dict[str, Any]) -> None:
    """One finding of one of the codes and levels that names the fault; none where no code is given."""
    root = tmp_path / "project"
    shutil.copytree(ROOT / "fixtures" / "chat_platform_fixed", root)
    for edit in change["edits"]:
        path = root / edit["path"]
        text = path.read_text("utf-8")
        assert edit["old"] in text
        path.write_text(text.replace(edit["old"], edit["new"]), "utf-8")
    with Run(Request((root,), no_cache=True, jobs=1)) as run:
        found = [each.violation for each in check(run, CheckOptions(select=("SSOT2", "SSOT3"))).findings]
    said = [f"{each.level} {each.code} {each.message}" for each in found]
    if "codes" not in change:
        assert said == []
        return
    assert len(said) == 1, said
    assert found[0].code in change["codes"], said
    assert found[0].level in change["levels"], said
    assert change["says"] in found[0].message, said
