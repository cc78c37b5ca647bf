from __future__ import annotations

import os
from pathlib import Path

import pytest

from ssot_lint.files import write_atomically


def test_mode_and_link_stay(tmp_path: Path) -> None:
    file, link = tmp_path / "a.py", tmp_path / "b.py"
    file.write_bytes(b"old")
    file.chmod(0o750)
    link.symlink_to(file)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"
    assert file.stat().st_mode & 0o777 == 0o750


def test_a_new_file_has_the_mode_that_any_would(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write_atomically(tmp_path / "new", b"")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no named pipes")
def test_what_is_no_file_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    for written_to in (pipe, Path(f"/dev/fd/{os.dup(os.open(pipe, os.O_WRONLY))}")):
        write_atomically(written_to, b"new")
        assert os.read(reading, 10) == b"new"
    assert pipe.is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_a_failure_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    file = tmp_path / "a.py"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, "replace", fail)
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_atomically(file, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.py"]
    assert file.read_bytes() == b"old"


def test_a_folder_that_is_not_there_is_told_by_the_file_that_was_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "gone/a.py"
    with pytest.raises(FileNotFoundError) as raised:
        write_atomically(file, b"new")
    assert raised.value.filename == str(file)
