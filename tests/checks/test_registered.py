"""Registries: what nothing registers, and what is registered twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

CODE = """
from enum import Enum
from outside import given

class Kind(Enum):
    FAST = "fast"
    SLOW = "slow"

class Container:
    def __init__(self):
        self._services = {}
        self._kinds: dict = {}
    def register(self, name, service, *, replace=False):
        if name in self._services and not replace:
            raise ValueError(name)
        self._services[name] = service
    def get(self, name):
        if not (name in self._services):
            raise LookupError(name)
        return self._services[name]
    def find(self, name):
        return self._services.get(name)
    def has(self, name):
        return name in self._services
    def by_kind(self, kind):
        self._kinds[kind] = 1
    def of_kind(self, kind):
        return self._kinds[kind]
    def names(self):
        return sorted(self._services)

class Loose:
    def __init__(self): self.known = {}
    def add(self, name): self.known[name] = 1
    def drop(self, name): self.known.pop(name)
    def get(self, name): return self.known[name]

HANDLERS = {"first": 1}

def handler(name):
    def decorate(function):
        HANDLERS[name] = function
        return function
    return decorate

def handler_of(name):
    return HANDLERS[name]

@handler("second")
def second(): pass

def start():
    container = Container()
    container.register("cache", 1)
    container.register("users", 2)
    container.by_kind(Kind.FAST)
    loose = Loose()
    loose.add("a")
"""


def told(root: Path, use: str, code: str = CODE) -> list[tuple[str, str]]:
    code += "".join(f"    {line}\n" for line in use.split("; "))
    found = findings(root, {"app.py": code}, 'entry-points = ["app:start"]\n', select="SSOT103")
    return [(each.violation.level, each.violation.message.partition("startup: ")[2]) for each in found]


@pytest.mark.parametrize(
    ("use", "why"),
    [
        ("container.get('user')", "nothing is registered as `user`, only `cache`, `users`"),
        ("container.of_kind(Kind.SLOW)", "nothing is registered as `Kind.SLOW`, only `Kind.FAST`"),
        ("container.register('users', 3)", "`users` is registered already, a few lines before"),
        ("handler_of('third')", "nothing is registered as `third`, only `first`, `second`"),
    ],
)  # fmt: skip
def test_reports_what_nothing_registers_and_what_is_registered_twice(tmp_path: Path, use: str, why: str) -> None:
    assert told(tmp_path, use) == [("error", why)]


@pytest.mark.parametrize(
    "use",
    [
        "container.get('users')", "container.find('user')", "container.register('users', 3, replace=True)",
        "container.of_kind(Kind.FAST)", "handler_of('first'); handler_of('second')", "container.get(given())",
        "container.has('user') and container.get('user')", "if 'user' in container.names(): container.get('user')",
        "Container().register('users', 3)", "loose.get('b')",
        "add = container.register; add('user', 3); container.get('user')",
        "container.register(given(), 1); container.get('user')",
        "container._services['user'] = 1; container.get('user')",
        "given(container.register); container.get('user')", "if given(): container.register('users', 3)",
        "for name in ('a', 'b'): container.register(name, 1)",
        "try: container.get('user')\n    except LookupError: pass",
    ],
)  # fmt: skip
def test_is_silent_about_what_may_be_registered(tmp_path: Path, use: str) -> None:
    assert [each for each in told(tmp_path, use) if each[0] == "error"] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    def names(self):", "    def reset(self):\n        self._services = {}\n    def names(self):"),
        (
            "    def names(self):",
            "    def load(self, more):\n        self._services.update(more)\n    def names(self):",
        ),
        ("        return sorted(self._services)", "        return self._services"),
        ("class Loose:", "class Lazy(Container): pass\n\nclass Loose:"),
    ],
)
def test_of_a_dict_that_others_may_change_nothing_is_said(tmp_path: Path, old: str, new: str) -> None:
    changed = CODE.replace(old, new, 1)
    assert told(tmp_path, "container.get('user'); container.register('users', 1)", changed) == []
