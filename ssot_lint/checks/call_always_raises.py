"""SSOT103."""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from ssot_lint.callgraph.activation import Activation, CallRecord
from ssot_lint.callgraph.graph import CallSite, Node, Reach
from ssot_lint.callgraph.values import Constant, Instance
from ssot_lint.checks import contracts, early_globals, early_instances, given_none, registered
from ssot_lint.checks.caught import caught, is_expected, raised_names
from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.doubts import is_doubtful
from ssot_lint.checks.handed import is_passed_on
from ssot_lint.checks.origin import is_meant_to_fail, is_written_out
from ssot_lint.checks.raising import deciding_parameters, is_endless, only_raises
from ssot_lint.checks.reached import Reached, Start, Way
from ssot_lint.checks.refused_calls import OF_LIBRARY
from ssot_lint.checks.standing_in import stands_in
from ssot_lint.checks.sureness import rests_on_a_choice
from ssot_lint.checks.surroundings import Surroundings, written
from ssot_lint.checks.turns import argument_of
from ssot_lint.facts.model import Await, Call, Const, Define, Evaluate, Expression, Handler, If, Name, Raise, Return
from ssot_lint.facts.nested import nested
from ssot_lint.findings import PHASES, Level, Related, Site, Violation

_KINDS = ("call", "decorator")
# What the factories of a dataclass's fields call, and what a class statement does.
_FACTORY = "class"
_NO_RETURN = ("NoReturn", "Never")
# Raised to end or to steer, and not because a call is wrong.
_CONTROL = frozenset(
    (
        "SystemExit", "KeyboardInterrupt", "GeneratorExit", "StopIteration", "StopAsyncIteration", "CancelledError",
        "Exit", "Abort", "HTTPException", "WebSocketException", "Http404", "PermissionDenied", "Redirect", "SkipTest",
        "Skipped", "Ignore", "Retry", "Reject",
    )
)  # fmt: skip
_ERROR_HELPER = re.compile(
    r"(^|_)(raise|reraise|raises|raising|fail|fails|failed|failure|abort|error|errors|throw|die|exit|quit|panic|crash|bail|"
    r"reject|deny|forbid|refuse|complain|unsupported|unreachable|not|invalid|missing|usage|never|stop|no)(_|$)"
)
_TRANSPARENT = frozenset(
    (
        "staticmethod", "classmethod", "lru_cache", "cache", "wraps", "contextmanager", "asynccontextmanager",
        "override", "final", "deprecated", "abstractmethod", "retry", "on_exception", "on_predicate",
    )
)  # fmt: skip


class _Raising(NamedTuple):
    """A call that is certain to raise: the parameters that decide it, none where the callee does nothing else."""

    site: CallSite
    callee: Activation
    parameters: tuple[str, ...]


class Rule:
    """A reachable call is certain to raise: the callee's own guard, or its body, says so.

    ## What it does

    Reports calls that can't return with the arguments that they get on the chain that leads there: the callee's guard
    (`if host is None: raise ValueError`) refuses them, or its body does nothing but raise, as that of a function that
    was removed; or it reads from a parameter that is None there, calls it or goes over it, whatever else holds
    (`context.user` where no context is given), or computes with it; and `asyncio.run()` in a coroutine, or in what one
    calls, and `asyncio.create_task()` while a program without a server is imported; and regular expressions
    that are written out and that Python refuses; and what asks
    for a global, or for an attribute of its instance, that only something sets to which the start comes later, or
    which it runs on other instances alone; and what asks a registry (a dict in which a class or a module keeps what it
    is given by name) for a
    name that nothing registers, or registers one again where that is refused. Of a chain of calls that pass
    the argument on, the innermost is reported. It needs no configuration.

    It says nothing of an assertion that is given `False`, of a call around which an exception of the program's own is
    caught by its name, of functions that are there to raise (annotated `NoReturn` or `Never`, or called `fail`,
    `abort`, `_raise_…`), of abstract methods, of `NotImplementedError` where a call on the way may go elsewhere or
    where it ends no start, of generators, of exceptions that end the program or answer a request, of arguments that go
    with another one that decides on the call and is not known (`if kind == "redis": connect(url)`), and of a call that
    an SSOT101 or SSOT102 contract speaks of.

    At import and at startup it is an error; in requests, at shutdown, where the exception is caught, where a call on
    the way there may go elsewhere (to the method of another class), and where the start may not come by (a test of an
    argument, a handler), a warning; in requests nothing is said of what they may not come by. An `except` around the
    call does not hide it.

    ## Why is this bad?

    The service does not start, or the feature never works. Type checkers don't see it: the call fits the signature.

    ## Example

    ```python
    def connect(host=None):
        if host is None:
            raise ValueError("the host is no longer read from the environment: give it")
        return Transport(host)

    async def startup():
        app.state.transport = connect()
    ```

    ## Fix

    Give what the callee requires, or call what has taken its place. A function whose purpose is to raise says so by
    its annotation: `-> NoReturn`.

    ## Options

    None. Of a large service, what only requests reach is told with `--all-phases`, or where there are contracts. An
    SSOT101 contract says more of a call: which parameter, in which phases, what to call instead.
    """

    code = "SSOT103"
    name = "call-always-raises"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """A violation for each call site that can't return in one of the contexts that reach it."""
        graph = context.graph
        spoken = contracts.spoken_of(context, "SSOT101", "SSOT102")
        found: dict[Site, _Raising] = {}
        for each in _raising(context):
            known = found.get(each.site.site)
            if each.site.site in spoken or _goes_with_a_choice(each, context.surroundings):
                continue
            if stands_in(context.surroundings, each.site.node.activation.code):
                continue
            if known is None or _rank(each) < _rank(known):
                found[each.site.site] = each
        for each in found.values():
            if is_expected(context.surroundings, each.site.site, raised_names(each.callee)):
                continue
            in_start = each.site.phase in contracts.NO_CONTEXT_PHASES
            doubtful = self._is_doubtful(context, each.site)
            # A global that nobody was seen to fill may be filled by what was not looked at.
            if in_start or not (doubtful or graph.is_cut):
                violation = self._violation(context, each, sure=in_start and not doubtful)
                # What is not implemented is so on purpose, and may well be asked where that ends nothing.
                if violation.level == self.level or raised_names(each.callee) != {"NotImplementedError"}:
                    yield violation

        yield from self._early(context, spoken | found.keys())
        yield from self._of_registries(context, spoken | found.keys())
        for error, find in OF_LIBRARY:
            yield from self._of_library(context, error, find)
        yield from self._needed(context, spoken | found.keys())

    def _needed(self, context: CheckContext, known: Collection[Site]) -> Iterator[Violation]:
        """Violations for calls without what their callee then reads from, calls, or goes over."""
        for error, attributes in ((AttributeError, True), (TypeError, False)):
            start = Start(context, self.code, error)
            needing = {each[0].site: each for each in given_none.needed(start, attributes=attributes)}
            said = ((place, _said(name, call)) for place, call, name, _ in needing.values() if place.site not in known)
            for place, why in start.earliest(said):
                _, call, name, used = needing[place.site]
                message = f"{contracts.called(call)} is certain to raise {contracts.when(place.phase)}: {why}"
                found = start.violation(place, message, note=why, target=call.target)
                related = Related(used, f"`{name}` is used here")
                yield replace(found, related=(related,), help="give what it requires")

    def _early(self, context: CheckContext, known: Collection[Site]) -> Iterator[Violation]:
        """Violations for calls that come before what sets the global without which the callee raises.

        Where a contract about order speaks of a call on the way, that is for SSOT105.
        """
        ordered = list(contracts.contracts(context, "SSOT105"))
        start = Start(context, self.code, RuntimeError)
        ways = (*early_globals.early(start), *early_instances.early(start))
        early = {place.site: (place, target, why) for place, target, why in ways}
        for place, why in start.earliest((place, why) for place, _, why in early.values() if place.site not in known):
            target = early[place.site][1]
            name = f"{target.rpartition('.')[2]}()"
            message = f"{name} is certain to raise {contracts.when(place.phase)}: {why}"
            violation = start.violation(place, message, note=why, target=target)
            called = [target, *(hop.callee for hop in violation.chain)]
            if not any(contracts.matches(each, contract.then) for contract in ordered for each in called):
                yield violation

    def _of_registries(self, context: CheckContext, known: Collection[Site]) -> Iterator[Violation]:
        """Violations for calls that ask for what nothing registers, or register something again."""
        start = Start(context, self.code, KeyError)
        refused = registered.refused(start)
        told = {place.site: (place, target, why) for place, target, why in refused if place.site not in known}
        for place, why in start.earliest((place, why) for place, _, why in told.values()):
            target = told[place.site][1]
            message = f"{target.rpartition('.')[2]}() is certain to raise {contracts.when(place.phase)}: {why}"
            yield start.violation(place, message, note=why, target=target)

    def _of_library(
        self,
        context: CheckContext,
        error: type[Exception],
        find: Callable[[Start], Iterator[tuple[Reached, CallRecord, str]]],
    ) -> Iterator[Violation]:
        """Violations for calls that Python's own library refuses by that error."""
        start = Start(context, self.code, error)
        refused = {place.site: (place, call, why) for place, call, why in find(start)}
        for place, why in start.earliest((place, why) for place, _, why in refused.values()):
            call = refused[place.site][1]
            message = f"{contracts.called(call)} is certain to raise {contracts.when(place.phase)}: {why}"
            yield start.violation(place, message, note=why, target=call.target)

    def _violation(self, context: CheckContext, found: _Raising, *, sure: bool) -> Violation:
        site, callee = found.site, found.callee
        handler = caught(context.graph, context.surroundings, site, raised_names(callee))
        # Where the shortest chain ends in a handler, another may not.
        way = self._other_way(context, found) if sure and handler is not None else None
        handler = handler if way is None else None
        stops = sure and handler is None and not rests_on_a_choice(site.reach, context.surroundings)
        why = " and ".join(_said(name, site.call) for name in found.parameters) or "every way through its body raises"
        raises = [Related(Site(callee.code.module.name, at), "raised here") for at in sorted(callee.raises)[:1]]
        return Violation(
            self.code,
            self.level if stops else "warning",
            f"{contracts.called(site.call)} is certain to raise {contracts.when(site.phase)}: {why}",
            site.site,
            certainty=site.certainty,
            phase=site.phase,
            function=site.node.symbol,
            target=site.call.target,
            chain=way.chain if way is not None else context.graph.chain(site.reach),
            related=(*raises, *([handler] if handler is not None else ())),
            note=why,
            entry=way.entry if way is not None else context.graph.entry_of(site.reach),
            help="give what it requires" if found.parameters else "call what has taken its place, or nothing",
        )

    def _other_way(self, context: CheckContext, found: _Raising) -> Way | None:
        """A chain to the call on which nothing catches what it raises, if there is one."""
        place = Reached(found.site.node, found.site.call.at, found.site.call.half)
        errors = [getattr(builtins, name, Exception) for name in raised_names(found.callee)]
        starts = [Start(context, self.code, error) for error in errors]
        ways = [each.sure_way(place) for each in starts if not each.is_guarded(place.node, place.at)]
        return ways[0] if ways and len(ways) == len(starts) and all(ways) else None

    def _is_doubtful(self, context: CheckContext, site: CallSite) -> bool:
        """Whether the start may not come by, at the call or at one that leads there."""
        if is_doubtful(context.surroundings, site.node, site.call.at) or context.guards.rule_out(site.site):
            return True
        return any(is_doubtful(context.surroundings, node, at) for node, at in context.graph.way(site.reach))


def _goes_with_a_choice(raising: _Raising, surroundings: Surroundings) -> bool:
    """Whether an argument of the caller that is not known decides on the call, and others of its arguments go with it.

    As in `if kind == "redis": connect(url)`: who gives the kind gives the URL, too.
    """
    node, at = raising.site.node, raising.site.call.at
    call = surroundings.node(raising.site.site)
    if not raising.parameters or not isinstance(call, Call) or not is_doubtful(surroundings, node, at):
        return False
    own = node.activation.code.parameters
    given = (argument_of(call, raising.callee.code.parameters, name) for name in raising.parameters)
    return all(isinstance(each, Name) and each.id in own for each in given)


def _rank(raising: _Raising) -> tuple[int, int]:
    reach = raising.site.reach
    return (PHASES.index(raising.site.phase), reach.length if reach is not None else 0)


def _said(parameter: str, call: CallRecord) -> str:
    if parameter not in call.given:
        return f"`{parameter}` is not given"
    values = (call.binding or {}).get(parameter, frozenset())
    shown = sorted({repr(value.value) for value in values if isinstance(value, Constant)})
    return f"`{parameter}` is {' or '.join(shown)}"


def _raising(context: CheckContext) -> Iterator[_Raising]:
    for node in context.graph.nodes.values():
        if node.reach == [None, None]:
            continue
        for (_, half), made in node.places().items():
            reach = node.reach[half]
            if reach is not None:
                yield from filter(None, (_all_raising(context, node, reach, calls) for calls in _at_once(made)))


def _all_raising(context: CheckContext, node: Node, reach: Reach, calls: list[CallRecord]) -> _Raising | None:
    """The first of the calls that a place makes, if each of them is certain to raise and that is a fault."""
    failing = [(each, each.callee) for each in calls if each.callee and _never_returns(each.callee)]
    if len(failing) < len(calls) or any(call.certainty != "certain" for call in calls):
        return None
    call, callee = failing[0]
    site = CallSite(node, call, reach)
    parameters = _decided_by(context, site, failing)
    return _Raising(site, callee, parameters) if parameters is not None else None


def _at_once(made: Iterable[CallRecord]) -> Iterator[list[CallRecord]]:
    """The calls at a place: those of which one is made, and each that the fields of a dataclass make beside it."""
    calls = list(made)
    chosen = [call for call in calls if call.kind in _KINDS]
    if chosen:
        yield chosen
    passed_on = [call for call in calls if is_passed_on(call)]
    if len(passed_on) == 1:
        yield passed_on
    yield from ([call] for call in calls if call.kind == _FACTORY)


def _never_returns(callee: Activation) -> bool:
    return bool(not callee.returns and callee.raises and not callee.code.scope.is_generator)


def _decided_by(
    context: CheckContext, site: CallSite, calls: Iterable[tuple[CallRecord, Activation]]
) -> tuple[str, ...] | None:
    """The parameters that make the calls raise, none for bodies that always do; None where it is not a fault."""
    surroundings = context.surroundings
    found: dict[str, None] = {}
    for call, callee in calls:
        if not _is_telling(site._replace(call=call), callee, surroundings) or not _is_run(site, callee, surroundings):
            return None
        if only_raises(callee.code.scope.body):
            if _is_error_helper(callee) or _ends_a_branch(site, surroundings):
                return None
            continue
        parameters = deciding_parameters(callee, call.binding or {}, surroundings)
        at = site._replace(call=call)
        if not parameters or not all(is_written_out(at, name, surroundings, context.bindings) for name in parameters):
            return None
        if any(is_meant_to_fail(at, name, surroundings) for name in parameters):
            return None
        found.update(dict.fromkeys(parameters))
    return tuple(found)


def _is_telling(site: CallSite, callee: Activation, surroundings: Surroundings) -> bool:
    """Whether the body that was analysed is what runs, and raises because the call is wrong."""
    scope = callee.code.scope
    annotation = _told(scope.returns).rpartition(".")[2] if scope.returns is not None else ""
    raised = raised_names(callee)
    if annotation in _NO_RETURN or is_endless(scope.body) or raised <= _CONTROL:
        return False
    if (raised == {"NotImplementedError"} or _is_left_to_others(callee)) and (
        rests_on_a_choice(site.reach, surroundings) or not _has_exact_receiver(site, callee)
    ):
        return False
    definition = surroundings.definition(callee.code.module.name, callee.code.index)
    decorators = [written(decorator).split(".") for decorator, _ in definition.decorators] if definition else []
    return all(_TRANSPARENT.intersection(name) for name in decorators)


def _told(annotation: Expression) -> str:
    """An annotation as it is written, be it as a text."""
    return str(annotation.value) if isinstance(annotation, Const) else written(annotation)


def _is_left_to_others(callee: Activation) -> bool:
    """Whether it only raises for the sake of classes below that have a method of their own in its place."""
    owner, name = callee.function.owner if callee.function is not None else None, callee.code.scope.name
    if owner is None or name == "__init__" or not only_raises(callee.code.scope.body):
        return False
    return any(name in below.names for below in owner.all_subclasses() if below is not owner)


def _has_exact_receiver(site: CallSite, callee: Activation) -> bool:
    if callee.function is None or callee.function.owner is None:
        return True
    receiver = (site.call.binding or {}).get(next(iter(callee.code.parameters), ""), frozenset())
    return len(receiver) == 1 and all(isinstance(value, Instance) and not value.open for value in receiver)


def _is_run(site: CallSite, callee: Activation, surroundings: Surroundings) -> bool:
    """Whether the call runs the body where it stands: that of a coroutine function runs when it is awaited."""
    if not callee.code.scope.is_async:
        return True
    return isinstance(next(surroundings.of(site.site)).node, Await)


def _is_error_helper(callee: Activation) -> bool:
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", callee.code.scope.name).lower()
    return _ERROR_HELPER.search(name) is not None


def _ends_a_branch(site: CallSite, surroundings: Surroundings) -> bool:
    """Whether the call stands where `raise` would: in a handler, or its value unused at the end of a branch.

    The end of a function that returns before is such a branch too.
    """
    steps = [step for step in surroundings.of(site.site) if not isinstance(step.node, Await)]
    if any(isinstance(step.node, (Raise, Handler)) for step in steps):
        return True
    if len(steps) < 2 or not isinstance(steps[0].node, (Evaluate, Return)):
        return False
    statement, around = steps[0].node, steps[1].node
    if isinstance(around, If):
        return getattr(around, steps[1].field)[-1] is statement
    body = site.node.activation.code.scope.body
    returns = any(isinstance(each, Return) and each is not statement for each in nested(body))
    return isinstance(around, Define) and body[-1] is statement and returns
