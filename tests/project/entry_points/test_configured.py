"""Entry points that a person names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_lint.project.discover import discover
from ssot_lint.project.entry_points import EntryPointError, Library, configured_entry_points
from ssot_lint.project.model import EntryPoint

Configure = Callable[..., list[EntryPoint]]

FILES = {
    "app/__init__.py": "",
    "app/__main__.py": "",
    "app/startup_module.py": "from x import other\nasync def start():\n    def inner(): ...\n\n\nclass Hooks:\n"
    "    def run(self): ...\nmade = other()\n",
    "lib/startup_module.py": "import app.startup_module\ndef go(): ...\n",
    "broken.py": "def f(:",
}


@pytest.fixture
def configure(tree: Callable[[dict[str, str]], Path], library: Callable[..., Library]) -> Configure:
    """Entry points of the project above by their specs."""

    def entry_points(*specs: str) -> list[EntryPoint]:
        project = discover(tree(FILES))
        return configured_entry_points(project, library(project), specs)

    return entry_points


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        ("app", ["app"]),
        ("app.startup_module:start", ["app.startup_module:start"]),
        ("app.startup_module:Hooks.run", ["app.startup_module:Hooks.run"]),
        ("app.startup_module:Hooks", ["app.startup_module:Hooks"]),
        ("app.startup_module:made", ["app.startup_module:made"]),
        ("app.startup_module:other", ["app.startup_module:other"]),
        ("*.startup_module", ["app.startup_module", "lib.startup_module"]),
        ("app.startup_module:*", ["app.startup_module:Hooks.run", "app.startup_module:start"]),
        (
            "*startup_module:*",
            ["app.startup_module:Hooks.run", "app.startup_module:start", "lib.startup_module:go"],
        ),
        ("ap?", ["app"]),
        ("a*", ["app", "app.__main__", "app.startup_module"]),
    ],
)
def test_spec(configure: Configure, spec: str, found: list[str]) -> None:
    points = configure(spec)
    assert [point.spec for point in points] == found
    assert {point.kind for point in points} == {"configured"}
    assert {point.phase for point in points} == {"startup" if ":" in spec else "import"}


def test_place_reason_and_order(configure: Configure) -> None:
    first, second = configure("app.startup_module:Hooks.run", "app", "a?p")
    assert first == EntryPoint("app", "configured", "import", "app/__init__.py", 1, "configured as `app`")
    assert (second.line, second.reason) == (7, "configured as `app.startup_module:Hooks.run`")


def test_main_module_runs_as_main(configure: Configure) -> None:
    assert configure("app.__main__")[0].as_main


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("app.startup_modul", "matches nothing in the project; did you mean `app.startup_module`?"),
        ("app.startup_modul:start", "did you mean `app.startup_module:start`?"),
        ("app.startup_module:strat", "did you mean `app.startup_module:start`?"),
        ("app.startup_module:inner", "matches nothing"),
        ("app.startup_module:nothing_like_it", "matches nothing in the project$"),
        ("zzz.*", "matches nothing in the project$"),
        ("broken:f", "matches nothing"),
        ("", "entry point `` matches nothing"),
        ("[a]pp", "matches nothing"),
    ],
)
def test_spec_that_matches_nothing(configure: Configure, spec: str, message: str) -> None:
    with pytest.raises(EntryPointError, match=message.replace("?", r"\?").replace("[", r"\[")):
        configure(spec)
