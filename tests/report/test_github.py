from __future__ import annotations

import dataclasses
import os
import re

from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.findings import Finding, Level
from ssot_lint.report import render
from ssot_lint.report.model import Options
from ssot_lint.report.plain import plain
from tests.report.samples import a_report, bare_call, mismatch

ANYTHING = st.text(st.characters() | st.sampled_from("%:,\r\n#[]"))


def commands(output: str) -> list[tuple[str, dict[str, str], str]]:
    """Reads workflow commands as the Actions runner does: a line that begins with `::` once its blanks are gone."""
    found = []
    for line in re.split(r"\r\n|\r|\n", output):
        stripped = line.lstrip()
        if stripped.startswith("::"):
            head, _, data = stripped[2:].partition("::")
            name, _, properties = head.partition(" ")
            pairs = [pair.partition("=") for pair in properties.split(",")]
            found.append((name, {key: _unescaped(value) for key, _, value in pairs}, _unescaped(data)))
    return found


def _unescaped(text: str) -> str:
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


def at_level(level: Level, number: int) -> list[Finding]:
    violation = dataclasses.replace(bare_call(hops=0).violation, level=level)
    return [dataclasses.replace(bare_call(f"{level}{index}.py", 0), violation=violation) for index in range(number)]


@given(path=st.binary(min_size=1).map(os.fsdecode) | ANYTHING, message=ANYTHING)
def test_neither_a_file_name_nor_a_message_can_inject_a_command(path: str, message: str) -> None:
    output = render("github", a_report(bare_call(path, message=message)), Options())
    ((name, properties, data),) = commands(output)
    assert name == "error"
    assert properties == {
        "file": plain(path),
        "line": "289",
        "endLine": "289",
        "col": "26",
        "endColumn": "49",
        "title": "SSOT101 call-without-context",
    }
    assert data.startswith(plain(message))


def test_columns_are_told_only_within_one_line() -> None:
    finding = dataclasses.replace(mismatch(), span=dataclasses.replace(mismatch().span, end_line=9))
    ((_, properties, _),) = commands(render("github", a_report(finding), Options()))
    assert properties.keys() == {"file", "line", "endLine", "title"}


def test_the_worst_come_first_and_the_rest_is_counted() -> None:
    report = a_report(*at_level("note", 12), *at_level("warning", 11), *at_level("error", 10))
    found = commands(render("github", report, Options()))
    assert [name for name, _, _ in found] == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert found[-1] == ("notice", {"title": "ssot-lint"}, "1 warning, 3 notes not shown as annotations")


def test_ten_notes_fit() -> None:
    found = commands(render("github", a_report(*at_level("note", 10)), Options()))
    assert [properties["title"] for _, properties, _ in found] == ["SSOT101 call-without-context"] * 10
