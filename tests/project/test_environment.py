"""Installed packages that a virtual environment holds: read, never imported, and never spoken of themselves."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from ssot_lint.project.environment import Environment

_APP = """
import time

from courier import Client, Runner, every

class Job:
    def prepare(self):
        return 1

    def work(self):
        return self.prepare()

def tick():
    return Job().work()

def send():
    time.sleep(1)

every(5, tick)
Runner(send).start()
Client.connect().subscribe(lambda message: None)
"""
_COURIER = {
    "courier/__init__.py": """
from courier._impl import Client, Runner
from courier.timing import every
""",
    "courier/_impl.py": """
import courier._speedups

class Client:
    @classmethod
    def connect(cls):
        return cls()

    def subscribe(self, handler):
        handler(self.poll())
        return self.gone

    def poll(self):
        return None

class Runner:
    def __init__(self, target):
        self.target = target

    def start(self):
        return self.target()
""",
    "courier/timing.py": "import threading\n\ndef every(seconds, job):\n    threading.Timer(seconds, job).start()\n",
    "courier-1.0.dist-info/METADATA": "Name: courier\n",
}


def _write(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    _write(tmp_path / "venv/lib/python3.12/site-packages", _COURIER)
    return tmp_path / "venv"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return _write(tmp_path / "project", {"main.py": _APP})


def _run(project: Path, *arguments: str | Path) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "ssot_lint", arguments[0], project, *arguments[1:]]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout, done.stderr


def _graph(project: Path, *arguments: str | Path) -> dict[str, list[str]]:
    status, out, error = _run(project, "graph", "--isolated", "--no-cache", "--format", "adjacency", *arguments)
    assert (status, error) == (0, "")
    found: dict[str, list[str]] = json.loads(out)
    return found


def test_what_a_package_calls_back_is_called_by_who_called_into_it(project: Path, environment: Path) -> None:
    graph = _graph(project, "--python-environment", environment)
    assert {"main.tick", "main.send", "main.<lambda1>"} <= set(graph["main"])
    assert graph["main.tick"] == ["main.Job.work"]
    assert not [name for name in graph if name.startswith("courier")]


def test_without_it_the_same_calls_are_guesses(project: Path) -> None:
    _, out, _ = _run(project, "graph", "--isolated", "--no-cache", "--format", "json")
    edges = {each["callee"]: each["certainty"] for each in json.loads(out)["edges"] if each["caller"] == "main"}
    assert edges["main.tick"] == "possible"


_CONTRACT = """
[[contracts]]
name = "nothing waits at import"
code = "SSOT102"
targets = ["time.sleep"]
"""


def test_rules_speak_of_the_project_only(project: Path, environment: Path) -> None:
    _write(project, {"ssot-lint.toml": f'python-environment = "../venv"\n{_CONTRACT}'})
    status, out, error = _run(project, "check", "--no-cache", "--output-format", "json", "--all-phases")
    (finding,) = json.loads(out)["findings"]
    assert (status, error) == (1, "")
    assert (finding["code"], finding["path"], finding["line"], finding["target"]) == (
        "SSOT102", "main.py", 17, "time.sleep",
    )  # fmt: skip
    assert [(hop["callee"], hop["path"], hop["line"]) for hop in finding["chain"]] == [("main.send", "main.py", 20)]


def test_a_package_that_changes_is_read_again(project: Path, environment: Path, tmp_path: Path) -> None:
    _write(project, {"ssot-lint.toml": _CONTRACT})
    arguments = ("--cache-dir", tmp_path / "cache", "--python-environment", environment)
    assert _run(project, "check", *arguments)[0] == 1
    site = environment / "lib/python3.12/site-packages"
    _write(site, {"courier/_impl.py": _COURIER["courier/_impl.py"].replace("return self.target()", "return None")})
    (site / "courier-1.0.dist-info").rename(site / "courier-1.1.dist-info")
    assert _run(project, "check", *arguments)[0] == 0


def test_a_directory_without_packages_is_an_error(project: Path, tmp_path: Path) -> None:
    status, out, error = _run(
        project, "check", "--isolated", "--no-cache", "--python-environment", tmp_path / "project"
    )
    assert (status, out) == (2, "")
    assert "is no virtual environment" in error
    assert len(error.splitlines()) == 1
    _write(project, {"ssot-lint.toml": 'python-environment = "gone"\n'})
    status, _, error = _run(project, "check", "--no-cache")
    assert status == 2
    assert "ssot-lint.toml:1" in error


def test_sources_come_before_stubs_and_what_models_know_stays_outside(tmp_path: Path) -> None:
    site = tmp_path / "Lib/site-packages"
    files = [
        "a/__init__.py",
        "a/__init__.pyi",
        "b.pyi",
        "c-stubs/__init__.pyi",
        "c-stubs/d.pyi",
        "e/f.py",
        "g.py",
        "x-1.dist-info/R",
    ]
    _write(site, dict.fromkeys(files, ""))
    found = Environment(tmp_path, tmp_path, {"g"})
    paths = {
        name: source.path
        for name in ("a", "b", "c", "c.d", "e", "e.f", "g", "h", "..a")
        if (source := found.find(name))
    }
    assert paths == {
        "a": "Lib/site-packages/a/__init__.py",
        "b": "Lib/site-packages/b.pyi",
        "c": "Lib/site-packages/c-stubs/__init__.pyi",
        "c.d": "Lib/site-packages/c-stubs/d.pyi",
        "e.f": "Lib/site-packages/e/f.py",
    }
    assert found.is_namespace("e")
    assert not found.is_namespace("a")
    assert [each.split()[0] for each in found.installed()] == ["x-1.dist-info"]
    assert [each.sites for each in (Environment(tmp_path, site), Environment(tmp_path, tmp_path / "none"))] == [
        [site],
        [],
    ]
