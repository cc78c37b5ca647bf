"""With how many arguments, and which, things are called by an attribute: all calls of one may be alike."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TypeAlias

from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.graph import CallGraph, Node
from ssot_lint.checks.surroundings import Surroundings
from ssot_lint.facts.model import Attribute, Call
from ssot_lint.findings import Site

_Shape: TypeAlias = tuple[int, tuple[str, ...]]


class Shapes:
    """The shapes of a program's calls: how many arguments each gives, and which keywords."""

    def __init__(self, graph: CallGraph, surroundings: Surroundings) -> None:
        self._graph = graph
        self._surroundings = surroundings
        self._known: dict[Code, dict[str, set[_Shape]]] = {}

    def are_alike(self, node: Node, site: Site, call: Call) -> bool:
        """Whether what a call goes to by an attribute is called alike wherever it is, or may be, called by that name.

        That is so of a call that goes by no attribute.
        """
        if not isinstance(call.function, Attribute):
            return True
        name = call.function.name
        called = {each.callee.code for each in node.calls if each.at == site.at and each.callee is not None}
        known = {shape for code in called for shape in self._of(code).get(name, ())}
        return known | self._unresolved[name] <= {_shape(call)}

    def _of(self, code: Code) -> dict[str, set[_Shape]]:
        """The shapes of the calls that go to a code, by the name of the attribute."""
        if code not in self._known:
            found = self._known[code] = {}
            for call in map(self._surroundings.node, self._sites[code]):
                if isinstance(call, Call):
                    found.setdefault(_name(call), set()).add(_shape(call))
        return self._known[code]

    @cached_property
    def _sites(self) -> defaultdict[Code, set[Site]]:
        """Where each code is called."""
        found: defaultdict[Code, set[Site]] = defaultdict(set)
        for node in self._graph.nodes.values():
            for call in node.calls:
                if call.callee is not None:
                    found[call.callee.code].add(Site(node.module, call.at))
        return found

    @cached_property
    def _unresolved(self) -> defaultdict[str, set[_Shape]]:
        """The shapes of the calls that go nowhere known, by the name of the attribute."""
        found: defaultdict[str, set[_Shape]] = defaultdict(set)
        for site in {Site(node.module, at) for node in self._graph.nodes.values() for at in node.activation.opaque}:
            call = self._surroundings.node(site)
            if isinstance(call, Call):
                found[_name(call)].add(_shape(call))
        return found


def _name(call: Call) -> str:
    return call.function.name if isinstance(call.function, Attribute) else ""


def _shape(call: Call) -> _Shape:
    return len(call.arguments), tuple(sorted([name or "**" for name, _ in call.keywords]))
