from __future__ import annotations

import dataclasses
import re

from ssot_lint.findings import Finding
from ssot_lint.report import render
from ssot_lint.report.model import Options, Report, Stats
from tests.report.samples import ENTRY, SAMPLES, a_report, bare_call


def text(report: Report, **options: bool | str) -> str:
    return render("text", report, Options(**options))  # type: ignore[arg-type]


def test_a_long_chain_is_folded_in_the_middle_and_whole_when_verbose() -> None:
    folded = text(SAMPLES["one"])
    assert re.findall(r"^ +(\d) app", folded, re.MULTILINE) == ["1", "2", "7"]
    assert "… 4 more (-v shows all)" in folded
    whole = text(SAMPLES["one"], verbose=True)
    assert re.findall(r"^ +(\d) app", whole, re.MULTILINE) == list("1234567")
    assert "more" not in whole


def test_a_chain_that_would_hide_one_hop_is_not_folded() -> None:
    assert re.findall(r"^ +(\d) app", text(a_report(bare_call(hops=4))), re.MULTILINE) == list("1234")


def test_each_hop_is_a_place_to_follow_and_its_source_on_one_line() -> None:
    long = dataclasses.replace(bare_call(hops=1).chain[0], source="x" * 500)
    finding = dataclasses.replace(bare_call(hops=1), chain=(long,))
    (hop,) = re.findall(r"^ +1 (\S+)   (.*)$", text(a_report(finding)), re.MULTILINE)
    assert hop[0] == "app/step1.py:10"
    assert hop[1] == "x" * 99 + "…"


def test_colour_only_when_told() -> None:
    assert "\x1b" not in text(SAMPLES["one"])
    coloured = text(SAMPLES["one"], color=True)
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == text(SAMPLES["one"])


def test_quiet_leaves_out_the_summary() -> None:
    assert text(SAMPLES["empty"], quiet=True) == ""
    assert "cache" not in text(SAMPLES["one"], quiet=True)


def test_the_prefix_leads_to_every_path() -> None:
    shown = text(SAMPLES["mixed"], prefix="services/api/")
    assert "--> services/api/app/broken.py:1:1" in shown
    assert "services/api/config/staging.env:3" in shown


def _phased(phase: str | None) -> Finding:
    finding = bare_call(hops=0)
    return dataclasses.replace(finding, violation=dataclasses.replace(finding.violation, phase=phase, entry=None))  # type: ignore[arg-type]


def test_how_a_site_comes_to_run_is_said_by_phase() -> None:
    assert "= runs at import\n" in text(a_report(_phased("import")))
    assert "= no entry point reaches it\n" in text(a_report(_phased("unreached")))


def test_the_summary_rounds_what_was_resolved_down() -> None:
    shown = text(a_report(stats=Stats(startup_calls=1000, startup_calls_resolved=999)))
    assert "99 % of the startup path's calls resolved" in shown


def test_the_summary_says_when_modules_stand_in_for_entry_points() -> None:
    stand_in = dataclasses.replace(ENTRY, kind="module")
    report = dataclasses.replace(a_report(), entry_points=(stand_in, stand_in))
    assert "no entry point found: importing 2 modules stands in" in text(report)
