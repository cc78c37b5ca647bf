"""`check` and `baseline`, with a rule of a plugin that reports whatever the lines of a project say."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssot_lint.checks.registry import rules
from ssot_lint.config.model import BASELINE_FILE
from tests.cli.conftest import Done, Ssot

PLUGIN = '''
import re
from ssot_lint.findings import Span, Violation

class Rule:
    """Something is marked.

    ## What it does

    Reports what `# MARK level certainty` marks.
    """

    code = "TEST001"
    name = "marked"
    level = "error"

    def check(self, context):
        for source in context.project.modules.values():
            for number, line in enumerate(context.project.read(source).decode().splitlines(), 1):
                if mark := re.search(r"# MARK (\\w+) (\\w+)", line):
                    span = Span(source.path, number, 1, number, 2)
                    yield Violation(self.code, mark[1], f"{line.split()[0]} is marked", span, certainty=mark[2])
'''


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Three marked lines in two files."""
    root = tmp_path / "project"
    (root / ".git").mkdir(parents=True)
    (root / "app").mkdir()
    (root / "app/one.py").write_text("a = 1  # MARK error certain\nb = 2  # MARK note certain\n")
    (root / "two.py").write_text("c = 3  # MARK warning possible\n")
    return root


@pytest.fixture
def check(ssot: Ssot, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ssot]:
    """Runs a command, `check` unless told otherwise, in the project, with the plugin installed."""
    info = tmp_path / "plugin/marks-1.dist-info"
    info.mkdir(parents=True)
    (tmp_path / "plugin/marks.py").write_text(PLUGIN)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: marks\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[ssot_lint.rules]\nmarked = marks:Rule\n")
    monkeypatch.syspath_prepend(tmp_path / "plugin")
    monkeypatch.delitem(sys.modules, "marks", raising=False)
    rules.cache_clear()

    def run(*arguments: str, command: str = "check", cwd: Path = project, **environment: str) -> Done:
        return ssot(command, *arguments, cwd=cwd, **environment)

    yield run
    rules.cache_clear()


def messages(check: Ssot, *arguments: str) -> list[str]:
    done = check("--output-format", "json", *arguments)
    return [finding["message"].split()[0] for finding in json.loads(done.stdout)["findings"]]


def test_findings_go_to_stdout_and_fail(check: Ssot) -> None:
    done = check()
    assert (done.status, done.stderr) == (1, "")
    assert "error[TEST001]: a is marked" in done.stdout
    assert "app/one.py:1:1" in done.stdout


def test_nothing_to_report_is_0(check: Ssot, project: Path) -> None:
    (project / "app/one.py").write_text("")
    done = check()
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout.startswith("Nothing to report")


def test_a_note_does_not_fail(check: Ssot, project: Path) -> None:
    (project / "app/one.py").write_text("a = 1  # MARK note certain\n")
    done = check()
    assert done.status == 0
    assert "note[TEST001]" in done.stdout


def test_exit_zero(check: Ssot) -> None:
    done = check("--exit-zero")
    assert done.status == 0
    assert "a is marked" in done.stdout


def test_certainty_by_option_and_by_configuration(check: Ssot, project: Path) -> None:
    assert messages(check) == ["a", "b"]
    assert messages(check, "--min-certainty", "possible") == ["a", "b", "c"]
    (project / "ssot-lint.toml").write_text('min-certainty = "possible"')
    assert messages(check) == ["a", "b", "c"]
    assert messages(check, "--min-certainty", "certain") == ["a", "b"]


def test_codes_by_option_and_by_configuration(check: Ssot, project: Path) -> None:
    assert messages(check, "--ignore", "TEST") == []
    assert messages(check, "--select", "SSOT, TEST001") == ["a", "b"]
    (project / "ssot-lint.toml").write_text('ignore = ["TEST001"]')
    assert messages(check) == []
    assert messages(check, "--ignore", "SSOT902") == ["a", "b"]


def test_a_code_that_is_none(check: Ssot, project: Path) -> None:
    done = check("--select", "TEST002")
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr == "ssot-lint: error: --select: no rule's code starts with `TEST002`; did you mean `TEST001`?\n"
    (project / "ssot-lint.toml").write_text('exclude = []\nignore = ["TEST002"]')
    assert check().stderr.startswith("ssot-lint: error: ssot-lint.toml:2: no rule's code starts with `TEST002`")


def test_only_what_stands_below_the_paths(check: Ssot) -> None:
    assert messages(check, "app", "--min-certainty", "possible") == ["a", "b"]
    assert messages(check, "two.py", "--min-certainty", "possible") == ["c"]


def test_an_output_file_and_a_quiet_stdout(check: Ssot, project: Path) -> None:
    done = check("--output-format", "json", "--output-file", "report.json")
    assert (done.status, done.stdout) == (1, "")
    assert len(json.loads((project / "report.json").read_text())["findings"]) == 2


def test_an_output_file_that_cannot_be_written(check: Ssot) -> None:
    done = check("--output-file", "nowhere/report.json")
    assert (done.status, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert "nowhere" in line
    assert "No such file or directory" in line


def test_annotations_where_github_runs_it(check: Ssot) -> None:
    assert check(GITHUB_ACTIONS="true").stdout.startswith("::error file=app/one.py,line=1,")
    assert check("--output-format", "concise", GITHUB_ACTIONS="true").stdout.startswith("app/one.py:1:1: ")


def test_paths_lead_from_where_the_person_stands(check: Ssot, project: Path) -> None:
    done = check("--output-format", "concise", "..", cwd=project / "app")
    assert done.stdout.startswith("../app/one.py:1:1: ")


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(check: Ssot, arguments: tuple[str, ...], environment: dict[str, str], coloured: bool) -> None:
    assert ("\x1b[" in check(*arguments, **environment).stdout) is coloured


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
@pytest.mark.parametrize(("term", "coloured"), [("xterm", True), ("dumb", False)])
def test_colour_on_a_terminal(project: Path, tmp_path: Path, check: Ssot, term: str, coloured: bool) -> None:
    controller, terminal = os.openpty()
    environment = {**os.environ, "TERM": term, "PYTHONPATH": os.pathsep.join([str(tmp_path / "plugin"), *sys.path])}
    environment.pop("NO_COLOR", None)
    environment.pop("FORCE_COLOR", None)
    command = [sys.executable, "-m", "ssot_lint", "check", "--no-cache", "--output-format", "concise"]
    subprocess.run(command, cwd=project, env=environment, stdout=terminal, timeout=60, check=False)
    os.close(terminal)
    assert (b"\x1b[" in os.read(controller, 100_000)) is coloured
    os.close(controller)


def test_statistics(check: Ssot) -> None:
    assert check("--statistics").stdout == "2  TEST001  marked\n"


def test_the_files(check: Ssot, project: Path) -> None:
    (project / "ssot-lint.toml").write_text('exclude = ["two.py"]')
    done = check("--show-files")
    assert (done.status, done.stdout) == (0, "app/one.py\n")


def test_the_baseline_accepts_what_is_there_and_nothing_new(check: Ssot, project: Path) -> None:
    done = check(command="baseline")
    assert (done.status, done.stdout) == (0, "")
    assert done.stderr == f"ssot-lint: {BASELINE_FILE}: accepts 2 findings\n"
    assert messages(check) == []
    with (project / "app/one.py").open("a") as file:
        file.write("d = 4  # MARK error certain\n")
    assert messages(check) == ["d"]
    assert messages(check, "--no-baseline") == ["a", "b", "d"]


def test_a_baseline_entry_that_accepts_nothing_is_told(check: Ssot, project: Path) -> None:
    check(command="baseline")
    (project / "app/one.py").write_text("")
    done = check("--output-format", "concise")
    assert done.status == 1
    assert done.stdout.startswith(f"{BASELINE_FILE}:")
    assert "SSOT902" in done.stdout


def test_a_baseline_of_another_name(check: Ssot, project: Path) -> None:
    assert check("--output-file", "accepted.json", command="baseline").status == 0
    assert messages(check) == ["a", "b"]
    assert messages(check, "--baseline", "accepted.json") == []


def test_a_baseline_that_is_not_there(ssot: Ssot) -> None:
    assert ssot("check").status == 0  # what this run keeps is no answer to the next
    missing = ssot("check", "--baseline", "missing.json")
    assert missing.status == 2
    assert missing.stderr.startswith("ssot-lint: error: --baseline: missing.json: no such file")


def test_only_what_changed(check: Ssot, project: Path) -> None:
    (project / ".git").rmdir()
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    for arguments in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "first"]):
        subprocess.run(["git", *arguments], cwd=project, check=True)
    (project / "two.py").write_text("c = 3  # MARK warning certain\n")
    assert messages(check) == ["a", "b", "c"]
    assert messages(check, "--changed-since", "HEAD") == ["c"]
    assert check("--changed-since", "nowhere").stderr.startswith("ssot-lint: error: --changed-since: ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "nowhere: no such file or directory"),
        (("--config", "nowhere.toml"), "nowhere.toml: can't be read: No such file or directory"),
        (("--output-format", "xml"), "Invalid value for '--output-format': 'xml' is not one of"),
        (("--jobs", "0"), "Invalid value for '--jobs': 0 is not in the range x>=1"),
        (("--entry-point", "nope"), "--entry-point: entry point `nope` matches nothing in the project"),
    ],
)
def test_what_cannot_be_done_is_a_line(check: Ssot, arguments: tuple[str, ...], said: str) -> None:
    done = check(*arguments)
    assert (done.status, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"ssot-lint: error: {said}")


def test_a_configured_entry_point_that_matches_nothing(check: Ssot, project: Path) -> None:
    (project / "ssot-lint.toml").write_text('entry-points = [\n  "two",\n  "twoo",\n]\n')
    assert check().stderr == (
        "ssot-lint: error: ssot-lint.toml:3: entry point `twoo` matches nothing in the project; did you mean `two`?\n"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('source-roots = ["src"]', "1: `src` is no directory"),
        ('exclude = [\n"build",\n"[z-a]"]', "3: `[z-a]` is no gitignore pattern"),
    ],
)
def test_keys_that_do_not_fit_the_project(check: Ssot, project: Path, text: str, said: str) -> None:
    (project / "ssot-lint.toml").write_text(text)
    assert check().stderr == f"ssot-lint: error: ssot-lint.toml:{said}\n"


def test_a_pattern_that_git_would_pass_over(check: Ssot, project: Path) -> None:
    (project / ".gitignore").write_text("[z-a]\ntwo.py\n")
    assert messages(check, "--min-certainty", "possible") == ["a", "b"]


def test_a_plugin_that_cannot_be_loaded(check: Ssot, tmp_path: Path) -> None:
    (tmp_path / "plugin/marks.py").write_text("")
    importlib.invalidate_caches()
    done = check()
    assert done.status == 2
    assert done.stderr.startswith("ssot-lint: error: the plugin marks:Rule can't be loaded: ")


def test_the_same_bytes_whatever_the_jobs_and_the_cache(check: Ssot) -> None:
    outputs = {check("--output-format", "sarif", *more).stdout for more in ((), (), ("--no-cache",), ("--jobs", "2"))}
    assert len(outputs) == 1
