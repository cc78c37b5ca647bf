from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Ssot


def test_the_cache_goes_and_what_else_stands_there_stays(ssot: Ssot, tmp_path: Path) -> None:
    directory = tmp_path / "cache"
    directory.mkdir()
    (directory / "cache-1.sqlite").write_bytes(b"")
    (directory / "mine.txt").write_text("mine")
    done = ssot("clean")
    assert (done.status, done.stdout, done.stderr) == (0, "", "")
    assert [path.name for path in directory.iterdir()] == ["mine.txt"]


def test_no_cache_is_no_error(ssot: Ssot, tmp_path: Path) -> None:
    assert ssot("clean", "--cache-dir", str(tmp_path / "nowhere")).status == 0
