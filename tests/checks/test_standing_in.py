"""What stands in for something that is not installed, and what is left of several classes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import told

STARTS = 'entry-points = ["app:start"]\n'

STANDING_IN = """
try:
    from outside import Property
except ImportError:
    class Property:
        def get(self): self.run(); self.gone
        def run(self): raise TypeError("not set")
        def inner(self):
            def deeper(): self.gone
            deeper()

class Own:
    def get(self): self.gone

def start():
    START
"""


@pytest.mark.parametrize(
    ("start", "found"),
    [
        ("Property().get()", []),
        ("Property().inner()", []),
        ("Own().get()", ["app.py: def get(self): self.gone [startup]"]),
    ],
)
def test_says_nothing_of_what_only_stands_in(tmp_path: Path, start: str, found: list[str]) -> None:
    files = {"app.py": STANDING_IN.replace("START", start)}
    assert told(tmp_path, files, STARTS) == found


PLUGINS = """
class Plugin: pass

class Formatter(Plugin):
    def __init__(self, env): self.env = env

class Transport(Plugin):
    def prefix(self): return 1

class Manager(list):
    def add(self, *plugins):
        for plugin in plugins: self.append(plugin)
    def chosen(self, kind):
        return [plugin for plugin in self if issubclass(plugin, kind)]

def start():
    manager = Manager()
    manager.add(Formatter, Transport)
    for plugin in manager.chosen(CHOSEN):
        plugin().prefix()
"""


@pytest.mark.parametrize(("chosen", "is_told"), [("Transport", False), ("Formatter", True)])
def test_issubclass_tells_classes_apart(tmp_path: Path, chosen: str, is_told: bool) -> None:
    found = told(tmp_path, {"app.py": PLUGINS.replace("CHOSEN", chosen)}, STARTS)
    assert found == (["app.py: plugin().prefix() [startup]"] * 2 if is_told else [])


CLASSES = """
class Failed(Exception):
    def __init__(self, status=500, message=None):
        try:
            self.code = int(status)
        except ValueError:
            raise self.__class__(500, "no status")

class Missing(Failed):
    def __init__(self, path=None):
        Failed.__init__(self, 404, path)

def start():
    print(Missing("x"))
"""


def test_the_class_of_an_instance_may_be_another_one(tmp_path: Path) -> None:
    assert told(tmp_path, {"app.py": CLASSES}, STARTS) == []
