from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from ssot_lint import baseline
from ssot_lint.config.model import BASELINE_FILE
from ssot_lint.errors import SsotLintError
from ssot_lint.findings import Finding, Span, Violation

CODES = {"SSOT101", "SSOT902"}


def finding(number: int) -> Finding:
    place = Span(f"a{number}.py", 1, 1, 1, 2)
    return Finding(Violation("SSOT101", "error", "bare ñ\udcff", place, function="m.f"), "name", place, f"{number:032}")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / BASELINE_FILE
    baseline.write(path, baseline.accept([finding(2), finding(1)]))
    return path


def test_what_is_accepted_is_no_longer_new(file: Path) -> None:
    new, accepted, stale = baseline.split([finding(1), finding(2), finding(3)], baseline.read(file, "b.json"), CODES)
    assert new == [finding(3)]
    assert accepted == [finding(1), finding(2)]
    assert stale == []


def test_an_entry_that_accepts_nothing_is_told_at_its_line(file: Path) -> None:
    _, _, (stale,) = baseline.split([finding(1)], baseline.read(file, "b.json"), CODES)
    assert stale.code == "SSOT902"
    assert isinstance(stale.place, Span)
    assert finding(2).fingerprint in file.read_text().splitlines()[stale.place.line - 1]
    assert "SSOT101 in a2.py, m.f" in stale.message


def test_an_entry_of_a_rule_that_is_not_checked_is_not_stale(file: Path) -> None:
    assert baseline.split([], baseline.read(file, "b.json"), {"SSOT902"})[2] == []
    assert baseline.split([], baseline.read(file, "b.json"), {"SSOT101"})[2] == []


def test_the_order_of_findings_and_their_lines_do_not_show(file: Path) -> None:
    content = file.read_bytes()
    moved = [dataclasses.replace(finding(number), span=Span(f"a{number}.py", 9, 9, 9, 9)) for number in (1, 2)]
    baseline.write(file, baseline.accept(moved))
    assert file.read_bytes() == content
    assert baseline.read(file, "").entries == baseline.accept(moved)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"\xff", b"[]", b'{"version": 2, "findings": []}', b'{"version": 1}',
        b'{"version": 1, "findings": [1]}',
        b'{"version": 1, "findings": [{"fingerprint": "x"}]}',
        json.dumps({"version": 1, "findings": [dict.fromkeys(baseline.Entry._fields, 1)]}).encode(),
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_baseline_is_one_clear_error(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(SsotLintError, match=r"^b\.json: .*`ssot-lint baseline`$") as caught:
        baseline.read(file, "b.json")
    assert "\n" not in str(caught.value)


def test_a_baseline_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SsotLintError, match="can't be read"):
        baseline.read(tmp_path / "none.json", "none.json")
