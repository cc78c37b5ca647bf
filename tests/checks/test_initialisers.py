"""What the code of classes writes is looked up once, however many classes stand below them."""

from __future__ import annotations

import pytest

from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.values import Instance
from ssot_lint.checks import initialising
from ssot_lint.checks.initialising import Initialisers
from ssot_lint.checks.writes import attributes_written
from ssot_lint.facts.model import Scope
from tests.callgraph.small import graph_of

TEXT = """
class A:
    def __init__(self): self.a = 1
class B(A):
    def __init__(self): self.b = 1
class C(B):
    def __init__(self): super().__init__()
"""


def classes() -> list[ClassInfo]:
    """A, B and C, as the first parameters of their `__init__`s have them."""
    found: dict[str, ClassInfo] = {}
    for node in graph_of(f"{TEXT}\nA()\nB()\nC()").nodes.values():
        for values in node.activation.binding.values():
            found.update((value.info.symbol, value.info) for value in values if isinstance(value, Instance))
    return [found[f"app.{name}"] for name in "ABC"]


def test_code_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    look = attributes_written

    def counted(scope: Scope) -> frozenset[str]:
        seen.append(scope.qualname)
        return look(scope)

    monkeypatch.setattr(initialising, "attributes_written", counted)
    known = Initialisers()
    first, second, _ = classes()
    for _ in range(3):
        assert known.writes(first, "a")
        assert not known.writes(first, "a", known.uninitialised(second))
    assert len(seen) == len({*seen}) + 1  # with and without the `__init__`


def test_an_init_that_does_not_call_on_leaves_those_above_out() -> None:
    known = Initialisers()
    first, second, third = classes()
    assert [list(known.uninitialised(each)) for each in (first, second, third)] == [[], [first], []]
