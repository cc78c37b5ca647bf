"""What a call leaves out, or gives as None, and its callee then uses: `manager()`, where that reads `context.user`.

The callee has no guard that says so, but it fails as surely. It must come by in any case: what stands behind a test, or
behind what may return before, is no matter of that argument alone. Nor is what a function asks about anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.activation import Activation, CallRecord
from ssot_lint.callgraph.graph import CallSite, Node
from ssot_lint.callgraph.values import Instance
from ssot_lint.checks.callee import is_sure_of
from ssot_lint.checks.emptied import kept_argument
from ssot_lint.checks.none_uses import fails, how, is_asked, read_from, use_of
from ssot_lint.checks.origin import is_written_out
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.straight import surely_run
from ssot_lint.checks.sureness import rebound
from ssot_lint.checks.surroundings import written
from ssot_lint.facts.model import Attribute, Await, Name
from ssot_lint.findings import Site


def needed(start: Start, *, attributes: bool) -> Iterator[tuple[Reached, CallRecord, str, Site]]:
    """Each such call, the parameter, and where that is used: what an attribute is read from, or else."""
    surely: dict[Node, frozenset[int]] = {}
    for place, each in start.missing("none"):
        node = place.node
        value = read_from(start.context.surroundings, place.site, each)
        if (
            (use_of(each) == "attribute") is not attributes
            or each.several
            or not fails(each)
            or not isinstance(value, Name)
        ):
            continue
        if not _is_its_argument(node, value.id) or is_asked(place, value) or start.is_guarded(node, place.at):
            continue
        if node not in surely:
            run = surely_run(node.activation.code.scope.body, node.activation.raises)
            surely[node] = frozenset(each for each in run if isinstance(each, int))
        if place.at not in surely[node]:
            continue
        for caller, call in start.callers_of(node):
            if _leaves_out(start, caller, call, value.id):
                yield Reached(caller, call.at, call.half, call.certainty), call, value.id, place.site


def without(start: Start, *, attributes: bool) -> Iterator[tuple[Reached, str]]:
    """Each use of what an instance was made without, in one of its methods: `self.context.user`; and why it is None."""
    for place, each in start.missing("none"):
        node, owner = place.node, each.owner
        value = read_from(start.context.surroundings, place.site, each)
        if (use_of(each) == "attribute") is not attributes or not fails(each) or not isinstance(owner, Instance):
            continue
        if not isinstance(value, Attribute) or not _is_of_self(node, value, owner) or is_asked(place, value):
            continue
        run = surely_run(node.activation.code.scope.body, node.activation.raises)
        call = _making(start, owner)
        parameter = kept_argument(start.bindings, owner.info, value.name)
        if place.at in run and call is not None and parameter and _leaves_out(start, *call, parameter):
            made = f"`{owner.info.code.scope.name}()` was made without `{parameter}`"
            yield place, f"`{written(value)}` is None when {how(each)}: {made}"


def _is_of_self(node: Node, read: Attribute, owner: Instance) -> bool:
    """Whether it is an attribute of the one instance that a method runs on."""
    activation = node.activation
    code, function = activation.code, activation.function
    is_own = isinstance(read.value, Name) and code.parameters[:1] == (read.value.id,) == ("self",)
    if not is_own or function is None or function.owner is None or code.scope.is_generator:
        return False
    is_told = activation.is_exact and not activation.unsettled
    return is_told and activation.binding["self"] == frozenset((owner,))


def _making(start: Start, owner: Instance) -> tuple[Node, CallRecord] | None:
    """The call that made an instance, and who makes it."""
    key = owner.key
    if owner.open or not isinstance(key, tuple) or not isinstance(maker := key[-1], Activation):
        return None
    node = start.graph.nodes.get(maker)
    calls = [] if node is None else [each for each in node.calls if each.at == key[1] and each.kind == "call"]
    if node is None or len(calls) != 1 or calls[0].callee is None:
        return None
    return (node, calls[0]) if calls[0].callee.code.scope.name == "__init__" else None


def _is_its_argument(node: Node, name: str) -> bool:
    """Whether a variable is what a function got, each time that it is called like this."""
    activation = node.activation
    code = activation.code
    is_plain = name in code.parameters and name not in rebound(code) and not code.scope.is_generator
    return is_plain and activation.is_exact and not activation.unsettled and len(activation.binding[name]) == 1


def _leaves_out(start: Start, caller: Node, call: CallRecord, parameter: str) -> bool:
    """Whether it is a call in the code that surely goes there, and surely does not give the argument."""
    reach = caller.reach[call.half]
    surroundings = start.context.surroundings
    if reach is None or call.via or call.phase is not None or call.callee is None:
        return False
    site = CallSite(caller, call, reach)
    if call.callee.code.scope.is_async and not isinstance(next(surroundings.of(site.site)).node, Await):
        return False
    place = Reached(caller, call.at, call.half, call.certainty)
    is_given_nothing = is_written_out(site, parameter, surroundings, start.bindings)
    return is_given_nothing and is_sure_of(start, place, call) and not start.is_doubtful(place)
