"""Laws that hold for every format, and the bytes of each on the samples."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.report import format_names, render, write
from ssot_lint.report.model import Options, UnreadableFile
from tests.report.samples import SAMPLES, a_report, bare_call, unreadable_finding

GOLDEN = Path(__file__).parent / "golden"
FORMATS = ("concise", "github", "gitlab", "html", "json", "junit", "markdown", "sarif", "text")


def test_the_formats_are_the_files() -> None:
    assert format_names() == FORMATS


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("sample", SAMPLES)
def test_golden(name: str, sample: str) -> None:
    """Set SSOT_LINT_UPDATE_GOLDEN to write the files anew, then read their difference."""
    rendered = render(name, SAMPLES[sample], Options())
    file = GOLDEN / f"{sample}.{name}"
    if os.environ.get("SSOT_LINT_UPDATE_GOLDEN"):
        file.write_text(rendered, encoding="utf-8", newline="\n")
    assert rendered == file.read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert {file.name for file in GOLDEN.iterdir()} == {f"{sample}.{name}" for sample in SAMPLES for name in FORMATS}


@pytest.mark.parametrize("name", FORMATS)
@given(path=st.binary(min_size=1).map(os.fsdecode), message=st.text(st.characters()))
def test_any_text_can_be_written_and_holds_no_control_character(name: str, path: str, message: str) -> None:
    report = a_report(
        bare_call(path, message=message),
        unreadable_finding(path),
        unreadable=(UnreadableFile(path, 1, message),),
    )
    rendered = render(name, report, Options())
    assert rendered == render(name, report, Options())
    assert rendered.endswith("\n")
    assert not rendered.endswith("\n\n")
    rendered.encode("utf-8")
    assert all(char.isprintable() or char == "\n" for char in rendered)


@pytest.mark.parametrize("name", ["text", "concise", "json"])
def test_what_runs_most_imports_nothing_heavy(name: str) -> None:
    script = (
        "import sys; from ssot_lint.report import render; from ssot_lint.report.model import Options, Report;"
        f"render({name!r}, Report('0'), Options());"
        "heavy = {'libcst', 'networkx', 'click', 'yaml', 'xml', 'html', 'msgspec'};"
        "print(*sorted(heavy & set(sys.modules)))"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-S", "-c", script]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    assert done.stdout == "\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_stream_of_any_encoding_takes_any_text(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "out"
    with file.open("w", encoding=encoding) as stream:
        write(render("text", SAMPLES["odd"], Options()), stream)
    assert "SSOT101" in file.read_text(encoding=encoding)
