"""A text that is put together gets all that it asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings


def wrong(root: Path, expression: str) -> list[str]:
    code = f"from outside import given\nNAME = {expression}\n"
    found = findings(root, {"app.py": code}, 'entry-points = ["app"]\n', select="SSOT103")
    return [each.violation.message for each in found if each.violation.level == "error"]


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("'{name}: {value}'.format(name=1)", "the text asks for `value`, which it does not get"),
        ("'{name[0].x!r:>{width}}'.format(name=1)", "the text asks for `width`, which it does not get"),
        ("'{} {}'.format(1)", "the text asks for 2 arguments by their place, and gets 1"),
        ("'{0} {2}'.format(1, 2)", "the text asks for 3 arguments by their place, and gets 2"),
        ("'{:{}}'.format(1)", "the text asks for 2 arguments by their place, and gets 1"),
    ],
)
def test_reports_what_a_text_does_not_get(tmp_path: Path, expression: str, why: str) -> None:
    assert wrong(tmp_path, expression) == [f"str.format() is certain to raise at import: {why}"]


@pytest.mark.parametrize(
    "expression",
    [
        "'{name} {value}'.format(name=1, value=2, more=3)", "'{} {}'.format(1, 2)", "'{0} {0.x}'.format(1)",
        "'{name}'.format(**given)", "'{}'.format(*given)", "'{{name}}'.format()", "given.format(name=1)",
        "'plain'.format()", "'{name}'.format_map(given)", "f'{given}'.format()",
    ],
)  # fmt: skip
def test_is_silent_about_what_it_gets_or_may(tmp_path: Path, expression: str) -> None:
    assert wrong(tmp_path, expression) == []


def test_a_handler_may_expect_it(tmp_path: Path) -> None:
    code = "try:\n    '{name}'.format()\nexcept KeyError:\n    pass\n"
    assert not findings(tmp_path, {"app.py": code}, 'entry-points = ["app"]\n', select="SSOT103")
