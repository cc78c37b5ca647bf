from __future__ import annotations

import json

from ssot_lint.checks.registry import rules
from ssot_lint.report import render
from ssot_lint.report.model import Options, Report
from ssot_lint.report.rules import rule_infos
from tests.report.sarif_schema import schema_errors


def test_every_rule_tells_what_reports_need() -> None:
    infos = rule_infos(rules())
    assert list(infos) == list(rules())
    for info in infos.values():
        assert info.short.endswith(".")
        assert info.full
        assert info.help


def test_sarif_takes_every_rule() -> None:
    log = json.loads(render("sarif", Report("0", rules=rule_infos(rules())), Options()))
    assert schema_errors(log) == []
    assert len(log["runs"][0]["tool"]["driver"]["rules"]) == len(rules())
