from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

import ssot_lint
from ssot_lint.cli import commands, main
from ssot_lint.cli.group import COMMANDS
from tests.cli.conftest import Ssot


def test_the_version(ssot: Ssot) -> None:
    done = ssot("--version")
    assert (done.status, done.stdout, done.stderr) == (0, f"ssot-lint {ssot_lint.__version__}\n", "")


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_lists_every_command(ssot: Ssot, option: str) -> None:
    done = ssot(option)
    assert (done.status, done.stderr) == (0, "")
    said = " ".join(done.stdout.split())
    assert all(f" {name} {line}" in said for name, line in COMMANDS.items())


def test_every_command_has_its_module_and_its_line() -> None:
    modules = {module.name for module in pkgutil.iter_modules(commands.__path__)}
    assert modules == {name.replace("-", "_") for name in COMMANDS}
    assert list(COMMANDS) == sorted(COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Missing command"),
        (("chek",), "No such command"),
        (("--verison",), "No such option"),
        (("explain", "--colour"), "No such option"),
        (("explain", "SSOT101", "SSOT102"), "Got unexpected extra argument (SSOT102)"),
    ],
)
def test_bad_usage_is_one_line_that_says_where_to_look(ssot: Ssot, arguments: tuple[str, ...], said: str) -> None:
    done = ssot(*arguments)
    assert (done.status, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"ssot-lint: error: {said}")
    assert line.endswith("--help)")


def _fail_with(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(**_: object) -> None:
        raise error

    command = click.Command("explain", callback=fail, params=[click.Option(["-v", "--verbose"], is_flag=True)])
    monkeypatch.setattr(main.root, "get_command", lambda *_: command)


def test_an_unexpected_error_is_one_line_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _fail_with(monkeypatch, ValueError("two\nlines"))
    assert main.run(["explain"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    (line,) = said.err.splitlines()
    assert line.startswith("ssot-lint: error: internal error: ValueError: two lines (--verbose shows the traceback")


def test_verbose_shows_the_traceback_of_an_unexpected_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _fail_with(monkeypatch, ValueError("bad"))
    assert main.run(["explain", "--verbose"]) == 2
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_what_a_person_can_mend_has_no_traceback(ssot: Ssot) -> None:
    assert ssot("check", "nowhere", "--verbose").stderr == "ssot-lint: error: nowhere: no such file or directory\n"


def test_a_file_that_fails_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _fail_with(monkeypatch, PermissionError(13, "Permission denied", "app/main.py"))
    assert main.run(["explain"]) == 2
    assert capsys.readouterr().err == "ssot-lint: error: app/main.py: Permission denied\n"


def test_code_may_be_nested_as_deep_as_python_takes_it(ssot: Ssot, tmp_path: Path) -> None:
    branches = "".join(f'elif NAME == "{number}":\n    import absent_{number % 2}.part\n' for number in range(900))
    (tmp_path / "main.py").write_text(f'import os\nNAME = os.environ["NAME"]\nif NAME == "":\n    pass\n{branches}')
    done = ssot("check", "--quiet")
    assert (done.status, done.stderr) == (0, "")
    assert ssot("settings").stderr.startswith("ssot-lint: 1 setting; code needs 1 of them")


def test_an_interrupt_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _fail_with(monkeypatch, KeyboardInterrupt())
    assert main.run(["explain"]) == 130
    assert capsys.readouterr().err.strip() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGPIPE there")
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as output:
        done = subprocess.run(
            [sys.executable, "-m", "ssot_lint", "--help"],
            cwd=tmp_path,
            stdout=output,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (main.READER_GONE, b"")


HEAVY = {
    "libcst",
    "networkx",
    "msgspec",
    "yaml",
    "ruamel",
    "pathspec",
    "asyncio",
    "multiprocessing",
    "importlib.metadata",
}


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_a_word_about_itself_imports_nothing_heavy(option: str) -> None:
    script = (
        f"import sys; sys.argv[1:] = [{option!r}]\n"
        "from ssot_lint.__main__ import main\n"
        "try:\n main()\n"
        "except SystemExit:\n print('|', *sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert set(done.stdout.rpartition("|")[2].split()) & HEAVY == set()


def test_a_file_beside_the_program_is_never_imported_for_a_module_of_the_library(tmp_path: Path) -> None:
    (tmp_path / "service").mkdir()
    (tmp_path / "service/app.py").write_text("import statistics\nstatistics.gone()\n")
    (tmp_path / "statistics.py").write_text("open('it-was-run', 'w').close()\n")
    asked = ["check", "service", "--isolated", "--no-cache", "--entry-point", "app"]
    command = [sys.executable, "-m", "ssot_lint", *asked]
    environment = {**os.environ, "PYTHONPATH": str(Path(ssot_lint.__file__).parents[1])}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert "the module `statistics` has no attribute `gone`" in done.stdout
    assert not (tmp_path / "it-was-run").exists()
