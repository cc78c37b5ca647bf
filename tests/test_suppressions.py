from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.findings import Finding
from ssot_lint.locate import Places, locate_violations
from ssot_lint.suppressions import Terms, suppress
from tests.places import NAMES, facts_of, project, sites, violation

TERMS = Terms(known=set(NAMES), checked=set(NAMES))


def run(root: Path, source: str, terms: Terms = TERMS, code: str = "SSOT101") -> tuple[list[int], list[Finding]]:
    """The lines of the findings that remain (each `call()` is one), and what is said of the suppressions."""
    place = project(root, m=source)
    places = Places(place)
    findings = locate_violations([violation(site, code) for site in sites(place, "m", "call()")], places, NAMES)
    remaining, complaints = suppress(findings, facts_of(place), places, terms)
    return [finding.span.line for finding in remaining], locate_violations(complaints, places, NAMES)


def lines(root: Path, source: str, terms: Terms = TERMS) -> list[int]:
    """The lines of the findings that remain, where every suppression is used."""
    remaining, complaints = run(root, source, terms)
    assert complaints == []
    return remaining


def complaints(root: Path, source: str, terms: Terms = TERMS) -> list[tuple[int, str]]:
    return [(finding.span.line, finding.violation.message) for finding in run(root, source, terms)[1]]


@pytest.mark.parametrize("comment", ["ignore[SSOT101] why", "ignore", "ignore[SSOT1]", "ignore[SSOT107, SSOT101]"])
def test_a_comment_speaks_of_its_own_line_only(tmp_path: Path, comment: str) -> None:
    assert run(tmp_path, f"call()  # ssot-lint: {comment}\ncall()\n")[0] == [2]


def test_a_comment_alone_speaks_of_the_line_below(tmp_path: Path) -> None:
    assert lines(tmp_path, "# ssot-lint: ignore[SSOT101]\ncall()\ncall()\n") == [3]


def test_another_rules_code_suppresses_nothing(tmp_path: Path) -> None:
    remaining, said = run(tmp_path, "call()  # ssot-lint: ignore[SSOT107]\n")
    assert remaining == [1]
    assert [(finding.code, finding.violation.level) for finding in said] == [("SSOT902", "warning")]


@pytest.mark.parametrize(
    "header",
    [
        "def f():  # ssot-lint: ignore[SSOT101]",
        "# ssot-lint: ignore[SSOT101]\ndef f():",
        "# ssot-lint: ignore[SSOT101]\n@deco\n@deco(\n    1)\nasync def f():",
        "@deco\n# ssot-lint: ignore[SSOT101]\ndef f():",
        "def f(\n    a={'b': [1]},\n):  # ssot-lint: ignore[SSOT101]",
        "def f(\n    a=call(),\n):  # ssot-lint: ignore[SSOT101]",
        "class f:  # ssot-lint: ignore[SSOT101]\n  def g(self):",
    ],
)
def test_on_a_definition_it_speaks_of_the_whole_body_and_no_further(tmp_path: Path, header: str) -> None:
    source = f"{header}\n    call()\n    if x:\n        call()\ncall()\n"
    assert lines(tmp_path, source) == [source.count("\n")]


def test_definitions_inside_statements_count(tmp_path: Path) -> None:
    source = "try:\n    pass\nexcept E:\n    def f():  # ssot-lint: ignore[SSOT101]\n        call()\n        call()\n"
    assert lines(tmp_path, source) == []


def test_on_a_decorator_it_speaks_of_that_line_only(tmp_path: Path) -> None:
    assert lines(tmp_path, "@call()  # ssot-lint: ignore[SSOT101]\ndef f():\n    call()\n") == [3]


def test_a_comment_in_a_body_does_not_speak_of_all_of_it(tmp_path: Path) -> None:
    assert lines(tmp_path, "def f():\n    call()  # ssot-lint: ignore[SSOT101]\n    call()\n") == [3]


def test_a_file_can_be_suppressed_by_code(tmp_path: Path) -> None:
    assert lines(tmp_path, "call()\n# ssot-lint: ignore-file[SSOT101] legacy\ncall()\n") == []


def test_only_comments_count(tmp_path: Path) -> None:
    assert run(tmp_path, "x = '# ssot-lint: ignore[SSOT101]'; call()\n") == ([1], [])


def test_what_suppresses_nothing_is_told_code_by_code(tmp_path: Path) -> None:
    source = "call()  # ssot-lint: ignore[SSOT101, SSOT107]\nx = 1  # ssot-lint: ignore\n"
    assert complaints(tmp_path, source) == [
        (1, "the suppression of `SSOT107` suppresses nothing"),
        (2, "the suppression suppresses nothing"),
    ]


def test_what_is_not_checked_in_this_run_is_not_unused(tmp_path: Path) -> None:
    terms = Terms(known=set(NAMES), checked={"SSOT101", "SSOT902"})
    source = "x = 1  # ssot-lint: ignore[SSOT107]\nx = 1  # ssot-lint: ignore\nx = 1  # ssot-lint: ignore[SSOT101]\n"
    assert [line for line, _ in complaints(tmp_path, source, terms)] == [3]
    assert complaints(tmp_path, source, Terms(known=set(NAMES), checked={"SSOT101", "SSOT107"})) == []


def test_a_code_that_is_no_rule_is_told(tmp_path: Path) -> None:
    assert complaints(tmp_path, "x = 1  # ssot-lint: ignore[SSOT999]\n") == [
        (1, "the suppression names `SSOT999`, which is no rule")
    ]


def test_where_a_reason_is_required_one_without_it_does_not_count(tmp_path: Path) -> None:
    terms = Terms(known=set(NAMES), checked=set(NAMES), require_reason=True)
    source = "call()  # ssot-lint: ignore[SSOT101]\ncall()  # ssot-lint: ignore[SSOT101] the health check needs it\n"
    remaining, said = run(tmp_path, source, terms)
    assert remaining == [1]
    assert [finding.span.line for finding in said] == [1]
    assert "reason" in said[0].violation.message
