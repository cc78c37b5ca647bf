"""SSOT901: files that are no Python, whether anything imports them or not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ssot_lint.cli.main import run

BROKEN = {
    "python 2": b"print 'hello'\n",
    "merge markers": b"<<<<<<< ours\na = 1\n=======\na = 2\n>>>>>>> theirs\n",
    "truncated": b"def start(:\n",
    "null byte": b"a = 1\x00\n",
    "not utf-8": b"name = '\xe9'\n",
    "nested": b"x = " + b"(" * 1500 + b")" * 1500 + b"\n",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_that_nothing_imports_is_a_finding_and_the_rest_is_analysed(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "main.py").write_text("import helper\n", encoding="utf-8")
    (tmp_path / "helper.py").write_text("", encoding="utf-8")
    (tmp_path / "broken.py").write_bytes(BROKEN[kind])
    status = run(["check", str(tmp_path), "--isolated", "--no-cache", "--output-format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert [(each["code"], each["path"]) for each in report["findings"]] == [("SSOT901", "broken.py")]
    assert [each["path"] for each in report["unreadable"]] == ["broken.py"]
    assert status == 1


def test_a_file_that_may_not_be_read_is_a_finding_and_the_rest_is_analysed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.parent.name == "locked":
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    (tmp_path / "locked").mkdir()
    for name in ("setup.py", "deploy.py", "used.py"):
        (tmp_path / "locked" / name).touch()
    (tmp_path / "main.py").write_text("import locked.used\nunbound\n", encoding="utf-8")
    run(["check", str(tmp_path), "--isolated", "--no-cache", "--jobs", "1", "--output-format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert [(each["code"], each["path"]) for each in report["findings"]] == [
        ("SSOT901", "locked/deploy.py"), ("SSOT901", "locked/setup.py"), ("SSOT901", "locked/used.py"),
        ("SSOT111", "main.py"),
    ]  # fmt: skip


def test_a_template_of_a_file_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "main.py").write_text("print(1)\n", encoding="utf-8")
    (tmp_path / "crew.py").write_text("import os\nfrom {{ folder }}.tools import tool\n", encoding="utf-8")
    assert run(["check", str(tmp_path), "--isolated", "--no-cache", "--output-format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []
