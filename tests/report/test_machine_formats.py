"""What the formats that machines read promise to them."""

from __future__ import annotations

import dataclasses
import json
import os
import re
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from ssot_lint.report import render
from ssot_lint.report.formats import markdown
from ssot_lint.report.model import Options, Report
from ssot_lint.report.plain import plain
from tests.report.samples import ODD_MESSAGE, ODD_PATH, SAMPLES, a_report, bare_call, mismatch


def findings_of(sample: str) -> list[dict[str, Any]]:
    document: dict[str, Any] = json.loads(render("json", SAMPLES[sample], Options()))
    found: list[dict[str, Any]] = document["findings"]
    return found


def test_json_has_the_members_of_version_1_and_no_others() -> None:
    document = json.loads(render("json", SAMPLES["one"], Options()))
    assert list(document) == ["version", "tool", "entry_points", "findings", "unreadable", "stats"]
    assert list(document["entry_points"][0]) == ["spec", "kind", "phase", "path", "line", "reason"]
    assert " ".join(document["findings"][0]) == (
        "code name level certainty phase message path line column end_line end_column"
        " function target chain fingerprint fixable help"
    )
    assert " ".join(document["findings"][0]["chain"][0]) == "caller callee kind certainty path line column"
    assert " ".join(document["stats"]) == (
        "files_seen files_parsed files_cached functions edges calls calls_resolved seconds"
    )


def test_json_of_drift_leaves_out_what_has_no_meaning_and_tells_the_other_places() -> None:
    (drift,) = (found for found in findings_of("mixed") if found["code"] == "SSOT205")
    assert drift.keys().isdisjoint({"chain", "phase", "function", "target"})
    assert drift["related"] == [{"path": "config/staging.env", "line": 3, "message": "`jwt-secret`"}]


def test_json_keeps_odd_names_as_they_are_and_to_the_projects_root() -> None:
    document = json.loads(render("json", SAMPLES["odd"], Options(prefix="elsewhere/")))
    assert document["findings"][1]["path"] == ODD_PATH
    assert document["findings"][1]["message"] == ODD_MESSAGE


def test_gitlab_has_the_members_that_it_requires() -> None:
    for finding in json.loads(render("gitlab", SAMPLES["mixed"], Options(prefix="sub/"))):
        assert finding.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert finding["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert finding["location"]["path"].startswith("sub/")
        assert finding["location"]["lines"]["begin"] >= 1


def junit(report: Report) -> ET.Element:
    return ET.fromstring(render("junit", report, Options()).encode())  # noqa: S314 - it is our own


@given(path=st.binary(min_size=1).map(os.fsdecode), message=st.text(st.characters()))
def test_junit_is_well_formed_and_counts_its_cases(path: str, message: str) -> None:
    document = junit(a_report(bare_call(path, message=message), mismatch()))
    cases = list(document.iter("testcase"))
    assert document.get("tests") == "2"
    assert document.get("failures") == "2"
    assert plain(path) in {case.get("file") for case in cases}
    names = [(case.get("classname"), case.get("name")) for case in cases]
    assert len(set(names)) == len(names)


def test_junit_of_nothing_is_one_case_that_passes_and_a_note_passes_too() -> None:
    assert [len(case) for case in junit(a_report()).iter("testcase")] == [0]
    note = dataclasses.replace(mismatch(), violation=dataclasses.replace(mismatch().violation, level="note"))
    (case,) = junit(a_report(note)).iter("testcase")
    assert [child.tag for child in case] == ["system-out"]


class Page(HTMLParser):
    """Collects the elements of a page and checks that they nest."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag != "meta":
            self._open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    @override
    def handle_data(self, data: str) -> None:
        self.text += data


@given(path=st.binary(min_size=1).map(os.fsdecode), message=st.text(st.characters() | st.sampled_from("<>&\"'/`=")))
def test_nothing_of_the_analysed_tree_becomes_markup_in_html(path: str, message: str) -> None:
    plain_page = Page(render("html", SAMPLES["one"], Options()))
    page = Page(render("html", a_report(bare_call(path, message=message)), Options()))
    assert page.tags == plain_page.tags
    assert page.attributes == plain_page.attributes
    assert plain(message) in page.text
    assert plain(path) in page.text


def test_html_loads_nothing_and_runs_nothing() -> None:
    page = render("html", SAMPLES["odd"], Options())
    assert Page(page).tags.isdisjoint({"script", "link", "img", "iframe", "object"})
    assert Page(page).attributes.isdisjoint({"src", "href", "onclick", "style"})
    assert "default-src 'none'" in page


@given(path=st.binary(min_size=1).map(os.fsdecode), message=st.text(st.characters() | st.sampled_from('`#;"]>|')))
def test_nothing_leaves_its_mermaid_label(path: str, message: str) -> None:
    lines = render("markdown", a_report(bare_call(path, 2, message)), Options()).splitlines()
    start, end = lines.index("```mermaid"), lines.index("```")
    assert len(lines[start:end]) == 6
    for line in lines[start + 3 : end]:
        assert re.fullmatch(r'  n\d (-->|==>)\|"[^"\[\]|`<>]*"\| \w+\["[^"\[\]|`<>]*"\]', line)


def test_markdown_is_bounded_and_says_what_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "_MAX_BYTES", 5_000)
    report = a_report(*(bare_call(f"é{number:04}.py") for number in range(100)))
    rendered = render("markdown", report, Options())
    shown = rendered.count("### error")
    assert 0 < shown < 100
    assert f"**{100 - shown} more findings left out here.**" in rendered
    assert len(rendered.encode()) <= 5_000
