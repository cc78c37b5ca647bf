from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

CODE = """
import re
from outside import given
def tables():
    return re.compile("(a")
NAME = {expression}
"""


def wrong(root: Path, expression: str) -> list[str]:
    found = findings(root, {"app.py": CODE.format(expression=expression)}, 'entry-points = ["app"]\n', select="SSOT103")
    return [f"{each.violation.message} [{each.violation.level}]" for each in found]


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("re.compile(r'^[a-z{1,50}$')", "unterminated character set at position 1"),
        ("re.sub(r'a)', '', given)", "unbalanced parenthesis at position 1"),
        ("tables()", "missing ), unterminated subpattern at position 0"),
    ],
)
def test_reports_patterns_that_do_not_compile(tmp_path: Path, expression: str, why: str) -> None:
    (message,) = wrong(tmp_path, expression)
    assert message.endswith(f"() is certain to raise at import: its pattern is no regular expression: {why} [error]")


@pytest.mark.parametrize(
    "expression",
    [
        "re.compile(r'^[a-z]{1,50}$')",
        "re.compile('[[a]')",
        "re.compile('(a', re.VERBOSE)",
        "re.compile('a # (', flags=given)",
        "re.compile(given)",
        "re.escape('(a')",
        "given.compile('(a')",
        "re.compile(r'a++')",
        "re.compile(r'a\\\\z')",
        "lambda: re.compile('(a')",
    ],
)
def test_is_silent_about_what_may_be_one(tmp_path: Path, expression: str) -> None:
    assert wrong(tmp_path, expression) == []


def test_is_silent_where_the_error_is_caught(tmp_path: Path) -> None:
    text = "import re\ntry:\n    re.compile('(a')\nexcept re.error: pass\n"
    found = findings(tmp_path, {"app.py": text}, 'entry-points = ["app"]\n', select="SSOT103")
    assert [each.violation.level for each in found] in ([], ["warning"])
