"""What a large program lets go between rules changes nothing that they find."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ssot_lint.cli.main import run

_FIXTURES = Path(__file__).parents[2] / "fixtures"


def _report(root: Path, file: Path) -> dict[str, dict[str, object]]:
    run(["check", str(root), "--output-format", "json", "--output-file", str(file), "--no-cache", "--jobs", "1", "-q"])
    report: dict[str, dict[str, object]] = json.loads(file.read_text("utf-8"))
    del report["stats"]["seconds"]
    return report


@pytest.mark.parametrize("name", ["websocket_staging", "chat_platform", "bad_call", "missing_attribute"])
def test_a_large_program_lets_go_what_rules_looked_at(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _report(_FIXTURES / name, tmp_path / "before.json")
    monkeypatch.setattr("ssot_lint.checks.context._MUCH", 0)
    monkeypatch.setattr("ssot_lint.callgraph.graph.ROOMY", 0)
    assert _report(_FIXTURES / name, tmp_path / "after.json") == before
