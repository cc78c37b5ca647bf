"""Takes installed packages out of a finished graph again: rules and outputs see the project's own functions only.

A package that was read (see `project.environment`) is then what any library is: a call of it goes outside, and what it
calls back of the project is called by whoever called into it, as if a model had said so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ssot_lint.callgraph.activation import Activation, CallRecord, Missing
from ssot_lint.callgraph.graph import Node
from ssot_lint.callgraph.values import Class, Instance, Module, Super
from ssot_lint.findings import CERTAINTIES, Certainty


class Packages:
    """Makes nodes of the project's activations; `own` are the names of its modules."""

    def __init__(self, own: Collection[str]) -> None:
        self._own = own
        self._tops = {name.partition(".")[0] for name in own}
        self._called_back: dict[Activation, list[CallRecord]] = {}

    def is_own(self, activation: Activation) -> bool:
        """Whether it runs code of the project."""
        return activation.code.module.name in self._own

    def nodes(self, found: dict[Activation, Node]) -> dict[Activation, Node]:
        """Those of the project, with what they call by way of packages."""
        return {each: self.node(each) for each in found if self.is_own(each)}

    def node(self, activation: Activation) -> Node:
        """The node of one of the project's activations."""
        activation.calls = tuple(self._calls(activation))
        activation.missing = {each: None for each in activation.missing if self._speaks_of_own(each)}
        activation.made = {each: None for each in activation.made if each.info.code.module.name in self._own}
        return Node(activation)

    def _calls(self, activation: Activation) -> Iterator[CallRecord]:
        for call in activation.calls:
            if call.callee is None or self.is_own(call.callee):
                yield call
                continue
            yield call._replace(callee=None, problem="")
            for back in self._calls_back(call.callee):
                yield back._replace(
                    module=call.module,
                    at=call.at,
                    kind="callback",
                    half=call.half,
                    certainty=_weaker(call.certainty, back.certainty),
                    phase=back.phase or call.phase,
                    via=back.via or call.target,
                )

    def _calls_back(self, start: Activation) -> list[CallRecord]:
        """The calls of the project that an activation of a package leads to, each with the certainty of its chain."""
        known = self._called_back.get(start)
        if known is not None:
            return known
        found: dict[tuple[Activation, str | None], CallRecord] = {}
        surest: dict[Activation, Certainty] = {start: "certain"}
        pending = [start]
        for activation in pending:  # grows meanwhile
            for call in activation.calls:
                if call.callee is None:
                    continue
                certainty = _weaker(surest[activation], call.certainty)
                if self.is_own(call.callee):
                    found.setdefault((call.callee, call.phase), call._replace(certainty=certainty))
                elif call.callee not in surest:
                    surest[call.callee] = certainty
                    pending.append(call.callee)
        self._called_back[start] = list(found.values())
        return self._called_back[start]

    def _speaks_of_own(self, missing: Missing) -> bool:
        """Whether what is missing would belong to the project: what is installed may differ from what was read."""
        owner = missing.owner
        if isinstance(owner, (Instance, Class, Super)):
            return owner.info.code.module.name in self._own
        if isinstance(owner, Module) or missing.kind in ("member", "module", "broken"):
            name = owner.name if isinstance(owner, Module) else owner if isinstance(owner, str) else missing.name
            return name.partition(".")[0] in self._tops
        return True


def _weaker(one: Certainty, other: Certainty) -> Certainty:
    return max(one, other, key=CERTAINTIES.index)
