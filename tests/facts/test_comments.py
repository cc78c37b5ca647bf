"""Comments that suppress findings, as they get into the facts."""

from __future__ import annotations

import pytest

from ssot_lint.facts.locate import locate
from ssot_lint.facts.model import Suppression
from tests.facts.programs import facts_of

COMMENTS = {
    "# ssot-lint: ignore[SSOT101, SSOT102] old caller": Suppression(["SSOT101", "SSOT102"], "old caller", False, 2),
    "# ssot-lint: ignore old caller": Suppression([], "old caller", False, 2),
    "#ssot-lint:ignore": Suppression([], "", False, 2),
    "# ssot-lint: ignore-file[SSOT101]": Suppression(["SSOT101"], "", True, 2),
    "# noqa: E501  # ssot-lint: ignore[SSOT101]": Suppression(["SSOT101"], "", False, 2),
}


@pytest.mark.parametrize("comment", COMMENTS)
def test_comment(comment: str) -> None:
    assert facts_of(f"a  {comment}\n").suppressions == [COMMENTS[comment]]


@pytest.mark.parametrize("code", ["a = '# ssot-lint: ignore'", "# ssot-lint: ignored", "# ssot-lint: ignore-files"])
def test_no_comment(code: str) -> None:
    assert facts_of(code).suppressions == []


def test_comments_are_found_wherever_they_stand_and_located() -> None:
    code = (
        "# ssot-lint: ignore-file\n"
        "def f(  # ssot-lint: ignore[A]\n"
        "):\n"
        "    g([  # ssot-lint: ignore[B]\n"
        "    ])\n"
        "    # ssot-lint: ignore[C]\n"
    )
    facts = facts_of(code)
    places = locate(code.encode())
    assert [(item.codes, places[item.at].line, places[item.at].column) for item in facts.suppressions] == [
        ([], 1, 1), (["A"], 2, 9), (["B"], 4, 10), (["C"], 6, 5),
    ]  # fmt: skip


def test_a_comment_does_not_move_the_sites_of_the_code() -> None:
    commented = facts_of("a.b(c)  # ssot-lint: ignore\nd\n")
    assert commented.scopes == facts_of("a.b(c)\nd\n").scopes
