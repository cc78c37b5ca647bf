"""What a function gives that makes something when it is first asked for."""

from __future__ import annotations

import pytest

from ssot_lint.callgraph.graph import CallGraph
from tests.callgraph.small import called, edges, graph_of

CLASSES = """
class Other:
    def go(self): pass
class Thing:
    def go(self): pass
    def reach(self): pass
"""

SINGLETONS = [
    pytest.param("if _thing is None:\n        _thing = Thing()\n    return _thing", id="None"),
    pytest.param("if not _thing:\n        _thing = Thing()\n    return _thing", id="not there"),
    pytest.param("if _thing is not None:\n        return _thing\n    _thing = Thing()\n    return _thing", id="there"),
    pytest.param("if not _thing:\n        with lock:\n            _thing = Thing()\n    return _thing", id="locked"),
    pytest.param(
        "if _thing is None:\n        with lock:\n            if _thing is None:\n                _thing = Thing()\n"
        "    return _thing",
        id="asked twice",
    ),
]


@pytest.mark.parametrize("body", SINGLETONS)
def test_a_singleton_is_made_when_it_is_first_asked_for(body: str) -> None:
    """Then it is what was made, and not None."""
    text = f"""
from outside import lock
{CLASSES}
_thing = None
def get():
    global _thing
    {body}
def use():
    get().reach()
    get().missing()
use()
"""
    graph = graph_of(text)
    assert "Thing.reach" in called(graph)
    assert missing(graph) == {"missing"}


@pytest.mark.parametrize(
    "body",
    [
        "if self.thing is None:\n            self.thing = Thing()\n        return self.thing",
        "if self.thing:\n            return self.thing\n        self.thing = Thing()\n        return self.thing",
    ],
)
def test_so_is_an_attribute(body: str) -> None:
    text = f"""
{CLASSES}
class Holder:
    def __init__(self): self.thing = None
    def get(self):
        {body}
def use():
    Holder().get().missing()
use()
"""
    assert missing(graph_of(text)) == {"missing"}


def test_so_is_an_attribute_of_a_class() -> None:
    text = """
class Holder:
    _instance = None
    @classmethod
    def get(cls):
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance
def use():
    Holder.get().missing()
use()
"""
    assert missing(graph_of(text)) == {"missing"}


def test_what_was_made_before_is_used_again() -> None:
    text = f"""
{CLASSES}
_thing = None
def get():
    global _thing
    if _thing is not None:
        again(_thing)
        return _thing
    _thing = Thing()
    return _thing
def again(thing):
    thing.reach()
get()
get()
"""
    assert {"again", "Thing.reach"} <= called(graph_of(text))


def test_what_others_may_make_is_not_ruled_out() -> None:
    """A function that asks for what it does not make itself goes both ways."""
    text = f"""
{CLASSES}
_thing = None
def use():
    if _thing is not None:
        ready()
    else:
        waiting()
def ready(): pass
def waiting(): pass
def close():
    global _thing
    if _thing is not None:
        closing()
    _thing = None
def closing(): pass
use()
close()
"""
    assert {"ready", "waiting", "closing"} <= called(graph_of(text))


def test_a_test_tells_what_a_global_is_until_others_may_write_it() -> None:
    text = f"""
{CLASSES}
_thing = None
def fill(thing):
    global _thing
    _thing = thing
def reset():
    fill(Other())
def first():
    if isinstance(_thing, Thing):
        _thing.go()
def second():
    if isinstance(_thing, Thing):
        reset()
        _thing.go()
fill(Thing())
first()
second()
"""
    found = edges(graph_of(text))
    assert found["app.first"] == {"<builtin>.isinstance", "app.Thing.go"}
    assert {"app.Thing.go", "app.Other.go"} <= found["app.second"]


def missing(graph: CallGraph) -> set[str]:
    """The attributes that something reads and that are surely not there."""
    return {each.name for node in graph.nodes.values() for each in node.activation.missing}
