from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import told

STARTS = 'entry-points = ["app:start"]\n'
CODE = """
import functools
import outside
KNOWN = {}
LISTED = []

class Entry:
    def __init__(self, name, kind, more):
        self.name, self.kind, self.more = name, kind, more

def marked(cls):
    cls.is_marked = True
    return cls

def noted(cls):
    KNOWN[cls.__name__] = cls
    LISTED.append(cls)
    return cls

def registered(name):
    def decorate(cls):
        KNOWN[name] = cls
        return cls
    return decorate

def listed(name, priority=1):
    def decorate(cls):
        KNOWN.setdefault(name, Entry(name, kind=cls, more=(cls, priority)))
        return cls
    return decorate

def filled(cls):
    for name in KNOWN:
        setattr(cls, name, 1)
    return cls

def made(cls):
    cls.__init__ = print
    return cls

def changed(cls):
    return outside.change(cls)

def handed(cls):
    outside.change(cls)
    return cls

def swapped(cls):
    class Other(cls):
        def __init__(self, *args): self.late = args
    return Other

def single(cls):
    instances = {}
    @functools.wraps(cls)
    def instance(*args, **kwargs):
        if cls not in instances:
            instances[cls] = cls(*args, **kwargs)
        return instances[cls]
    return instance

def lone(cls):
    made = None
    def instance(*args, **kwargs):
        nonlocal made
        if made is None:
            made = cls(*args, **kwargs)
        return made
    return instance

def handing(cls):
    def instance(*args, **kwargs):
        outside.change(cls)
        return cls(*args, **kwargs)
    return instance

def perhaps(cls):
    if KNOWN:
        return None
    return cls

{decorator}
class Agent:
    def __init__(self, name): self.name = name

def start():
    {use}
"""


def found(root: Path, decorator: str, use: str) -> list[str]:
    code = CODE.replace("{decorator}", decorator).replace("{use}", use)
    return told(root, {"app.py": code}, STARTS, select="SSOT11")


@pytest.mark.parametrize("use", ["Agent()", "Agent(1).late"])
@pytest.mark.parametrize(
    "decorator",
    [
        "@marked",
        "@noted",
        "@registered('agent')",
        "@listed('agent')",
        "@marked\n@registered('agent')",
        "@single",
        "@lone",
    ],
)
def test_a_decorator_that_gives_back_the_class_leaves_it_as_it_is(tmp_path: Path, decorator: str, use: str) -> None:
    assert found(tmp_path, decorator, use) == [f"app.py: {use} [startup]"]


@pytest.mark.parametrize("use", ["Agent()", "Agent(1).late"])
@pytest.mark.parametrize(
    "decorator",
    [
        "@filled",
        "@made",
        "@changed",
        "@handed",
        "@swapped",
        "@perhaps",
        "@outside.known",
        "@handing",
    ],
)
def test_nothing_is_known_of_what_another_decorator_makes(tmp_path: Path, decorator: str, use: str) -> None:
    assert found(tmp_path, decorator, use) == []


@pytest.mark.parametrize(
    "making",
    [
        "def make(*args):\n        cls.late = 1\n        return cls(*args)",
        "class Below(cls):\n        late = 1\n    def make(*args): return Below(*args)",
        "def make(*args):\n        made = cls(*args)\n        made.late = 1\n        return made",
        "kept = cls\n    def make(*args):\n        kept.late = 1\n        return kept(*args)",
    ],
)
def test_what_makes_an_instance_may_give_it_more(tmp_path: Path, making: str) -> None:
    code = f"""
def single(cls):
    {making}
    return make
@single
class Agent:
    def __init__(self, name): self.name = name
def start():
    Agent(1).late
"""
    assert told(tmp_path, {"app.py": code}, STARTS, select="SSOT11") == []
