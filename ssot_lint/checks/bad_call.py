"""SSOT112."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ssot_lint.callgraph.activation import CallRecord, Made
from ssot_lint.callgraph.builtins.copying import REPLACING
from ssot_lint.callgraph.graph import Node
from ssot_lint.callgraph.library_bases import MAPPED
from ssot_lint.callgraph.values import Instance
from ssot_lint.checks import (
    base_init,
    command_options,
    entry_calls,
    giving,
    handed,
    implicit_calls,
    in_place,
    library_arguments,
    library_calls,
    library_keywords,
    logging_factories,
    members,
    model_values,
    relationships,
    routes,
    unions,
)
from ssot_lint.checks.abstract import lacking
from ssot_lint.checks.awaiting import misused, plain_calls
from ssot_lint.checks.callee import is_sure_of
from ssot_lint.checks.class_statements import refused, refused_field
from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.forwarded import misfits
from ssot_lint.checks.items import itemless
from ssot_lint.checks.loops import calls_each
from ssot_lint.checks.module_coroutines import unawaited
from ssot_lint.checks.protocols import uncallable
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.spreading import may_bring_else
from ssot_lint.checks.sureness import asks_for_receiver, has_one_meaning, is_known, own_class
from ssot_lint.checks.surroundings import decorator_at
from ssot_lint.checks.turns import is_run_for_each, run_all
from ssot_lint.checks.uncalled import uncalled
from ssot_lint.checks.unpacking import mismatched
from ssot_lint.checks.unset import unset
from ssot_lint.checks.written_init import is_model, misfit
from ssot_lint.facts.model import Call, Name
from ssot_lint.findings import Level, Violation

# What makes the instances of classes that SQLAlchemy maps, and copies with other fields.
_MAKING = frozenset((f"{MAPPED}.__init__", *REPLACING))
# What the factories of a dataclass's fields call, where an instance of that is made: all of them.
_FACTORY = "class"


class Rule:
    """A call does not fit the definition that it resolves to.

    ## What it does

    Binds the arguments of each call that the start makes to the parameters of the function, method or `__init__` that
    it surely goes to, or to the fields of a dataclass, a `NamedTuple` or a pydantic model. Reports a positional
    argument too many, a keyword that the definition does not have, a required argument that is missing, one that is
    given twice, and that a class is made which lacks an abstract method. The annotation of a receiver is believed where
    no class below overrides the method. Of a decorated definition, the call is held against what the wrapper passes all
    of its arguments on to. Where a loop calls one thing after another, there or by way of functions that get it, the
    call must fit each. So must what a library is given for a call: `add_middleware`, `asyncio.to_thread`; what starts a
    program: a declared command and a factory get nothing, Django's middleware the next handler, a command of click what
    its options and arguments name; and what is given to
    `asyncio.create_task` and the like must be a coroutine, and not the function that gives one. A class statement is a
    call too: reported are fields that `@dataclass` or a `NamedTuple` refuses (one without a default after one that has
    one, a list as a default), keywords that no `__init_subclass__` above takes, attributes of a model of pydantic 2
    without an annotation and what else that version refuses, classes below an enumeration that has members, metaclasses
    of which none derives from the others, and slots that have a value in the class. Nor does a call fit whose result is
    used as what the definition does not give: `await` of a plain function's `None`, an attribute of a coroutine that
    nothing awaits, there or in what it is given to, or of what a function without `return`, `list.sort` or the like
    gives, three values unpacked into two, `with` where `@asynccontextmanager` needs `async with`; nor one of a module,
    of None (as a decorator without `return` leaves it), or of an instance of a class without `__call__`; nor types that
    `|` does not take, as in `"Node" | None`. The factories of a dataclass's fields get no arguments, and loggers no
    keywords but those of `logging`. What Python calls by itself is held against what that gives: properties,
    `__exit__`, the key of a sort; and so are the factories that `logging.config.dictConfig` is told. Reported are also
    functions and instances that are gone over, unpacked, measured by `len` or subscripted and can't be, tuples and
    named tuples that are unpacked into another number of variables, classes below None, and values that no member of an
    enumeration has. Of built-in functions, methods of built-in types and much of Python's own library it knows how many
    arguments they take. `super().__init__(…)` is held against what `object`, exceptions and some classes of Python's
    own take, and what FastAPI is given for a route against what it asserts: how a prefix begins and ends, a body where
    the status allows none, classes that are no models; and mapped classes against what SQLAlchemy does: a table that
    another has, none at all or one without a primary key, annotations without `Mapped`, indexes of columns that are not
    there, and relationships and foreign keys to what is not there, or by which two tables are joined in no way or in
    several (a warning where the start makes and asks for no instance). Pydantic models are made with values that their
    annotations take (no `kind="general"` for an enumeration without it), have no fields of plain classes, and take
    types only if they are generic; `dataclasses.replace` takes the names of fields; and a lifespan must be something
    that `async with` enters, made with the application alone.

    It says nothing of calls with `*x` or `**x` that are not all written out, of functions and classes whose decorators
    may change what may be given, of classes that a metaclass changes, and of models with aliases or validators that see
    what is given before the fields do.

    ## Why is this bad?

    The program ends with `TypeError` before it serves.

    ## Example

    ```python
    pipeline = Pipeline(buffer, sink, flush_interval=5.0)  # the parameter is gone
    ```

    ## Fix

    Give what the definition takes.

    ## Options

    `--all-phases` also reports calls that are made later, and those in code that nothing reaches.
    """

    code = "SSOT112"
    name = "bad-call"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """A violation for each call that is certain to fail."""
        start = Start(context, self.code, TypeError)
        by_others = (*handed.misfits(start), *implicit_calls.misfits(start))
        found = [*_failing(start), *_forwarded(start), *_decorating(start), *by_others]
        failing = {place.site: call for place, call in found}
        for place, message in start.earliest((place, _message(call)) for place, call in found):
            yield start.violation(place, message, target=failing[place.site].target)
        yield from start.violations_of(refused(start))
        yield from start.violations((*entry_calls.misfits(start), *command_options.misfits(start)))
        plain = list(plain_calls(start))
        not_awaited = (*misused(start, plain), *unawaited(start, plain))
        in_vain = (*not_awaited, *handed.unenterable(start), *implicit_calls.unawaitable(start))
        yield from start.violations_of(in_vain)
        given = [*giving.misused(start, plain), *in_place.misused(start), *uncalled(start)]
        yield from self._given(context, given, (AttributeError, TypeError, ValueError))
        refusing = Start(context, self.code, ValueError)
        yield from refusing.violations(
            (
                *mismatched(refusing, {place.site for place, *_ in given}),
                *members.unknown(refusing, "value"),
                *logging_factories.misfits(refusing),
                *model_values.misfits(refusing),
            )
        )
        by_fastapi = (AssertionError, AttributeError, TypeError, Exception)
        yield from self._given(context, list(routes.refused(start)), by_fastapi)
        mapping = Start(context, self.code, Exception)
        unfound = {place.site: (place, what, asks) for place, what, asks in relationships.unfound(mapping)}
        for place, what in mapping.earliest((place, what) for place, what, _ in unfound.values()):
            yield mapping.violation(place, what, self.level if unfound[place.site][2] else "warning")
        of_library = (library_calls.misfits, library_arguments.misfits, library_keywords.misfits)
        of_none = (partial(unset, use="call"), partial(unset, use="base"))
        ways = (uncallable, itemless, *of_none, unions.refused, base_init.misfits, *of_library)
        yield from start.violations(each for find in ways for each in find(start))
        # A model refuses with a ValueError what the others refuse with a TypeError.
        every = list(_unmade(start))
        for error, of_model in ((TypeError, False), (ValueError, True)):
            start = Start(context, self.code, error)
            unmade = [(place, made) for place, made in every if is_model(made) is of_model]
            targets = {place.site: made.info.symbol for place, made in reversed(unmade)}
            for place, message in start.earliest((place, _of_made(start, made)) for place, made in unmade):
                yield start.violation(place, message, target=targets[place.site])

    def _given(
        self,
        context: CheckContext,
        misused: list[tuple[Reached, str, str, type[Exception]]],
        errors: tuple[type[Exception], ...],
    ) -> Iterator[Violation]:
        """Violations for what ends in one of several errors."""
        for error in errors:
            start = Start(context, self.code, error)
            yield from start.violations_of(
                (place, target, what) for place, target, what, raised in misused if raised is error
            )


def _message(call: CallRecord) -> str:
    """What is wrong, such as ``FileSink() misses the required argument `retention` ``."""
    parts = call.target.removesuffix(".__init__").split(".")
    return f"{parts[-1]}() {call.problem}"


def _unmade(start: Start) -> Iterator[tuple[Reached, Made]]:
    """The calls of classes that don't fit the fields of those."""
    for node in start.graph.nodes.values():
        for made in sorted(node.activation.made, key=lambda made: (made.at, made.half, made.info.symbol)):
            place = Reached(node, made.at, made.half)
            call = start.context.surroundings.node(place.site) if start.counts(place) else None
            if (
                isinstance(call, Call)
                and made.at not in node.activation.opaque
                and not _may_be_outside(node, made)
                and not (place.phase == "unreached" and own_class(place, call.function))  # `cls` of a class below
                and _can_not_be(start, place, call, made)
                and not refused_field(made.info)  # then there is no such class
                and is_known(start, place, call.function)
                and (made.kind == _FACTORY or _each_fails(start, place, call, made) or _makes_each(start, place))
            ):
                yield place, made


def _can_not_be(start: Start, place: Reached, call: Call, made: Made) -> bool:
    """Whether a call surely makes no instance of the class."""
    return bool(lacking(start.bindings, made.info)) or _misfits(start, place, call, made)


def _misfit(start: Start, made: Made) -> str:
    """Why the arguments of a call can't fit the class; empty where they may."""
    return misfit(made) or relationships.surplus(start, made)


def _makes_each(start: Start, place: Reached) -> bool:
    """Whether a loop, there or on the way there, makes an instance of each class that is called there."""
    in_loop = calls_each(start.context.surroundings, place.site)
    return in_loop or is_run_for_each(start, place.node, place.half, place.site)


def _each_fails(start: Start, place: Reached, call: Call, made: Made) -> bool:
    """Whether the call makes no instance of any class that it may go to."""
    node = place.node
    here = [each for each in node.activation.made if _where(each) == _where(made) and each.kind != _FACTORY]
    calls = [each for each in node.calls_at(made.at, made.half) if each.kind == "call"]
    receivers = [value for each in calls for value in next(iter((each.binding or {}).values()), ())]
    others = {value.info for value in receivers if isinstance(value, Instance)} - {each.info for each in here}
    return not others and all(_can_not_be(start, place, call, each) for each in here)


def _where(made: Made) -> tuple[int, int]:
    return made.at, made.half


def _may_be_outside(node: Node, made: Made) -> bool:
    """Whether the call may go to what is imported, for which the class stands in where that is not installed."""
    calls = node.calls_at(made.at, made.half)
    return any(call.callee is None and call.kind == "call" and call.target not in _MAKING for call in calls)


def _of_made(start: Start, made: Made) -> str:
    """What is wrong with the making of an instance."""
    name = made.info.code.scope.name
    lacks = lacking(start.bindings, made.info)
    return f"{name}() lacks the abstract method `{lacks}`" if lacks else f"{name}() {_misfit(start, made)}"


def _failing(start: Start) -> Iterator[tuple[Reached, CallRecord]]:
    for node in start.graph.nodes.values():
        for (at, half), made in node.places().items():
            yield from _factories(start, node, made)
            calls = [call for call in made if call.kind != _FACTORY]
            misfits = [call for call in calls if call.problem and call.kind == "call"]
            if not misfits:
                continue
            place = Reached(node, at, half, max(call.certainty for call in calls))
            if at in node.activation.opaque or not start.counts(place):
                continue
            all_run = len(calls) > 1 and all(run_all(start, node, call) for call in calls)
            # Of one of several that all refuse it, it does not matter which one it is.
            all_run = all_run or (
                len(misfits) == len(calls) > 1
                and place.certainty != "possible"
                and not asks_for_receiver(start.context.surroundings, place.site)
            )
            if (
                (all_run or len(misfits) == len(calls))
                and not any(_may_get_else(start, place, call) for call in misfits)
                and all(is_sure_of(start, place, call, all_run=all_run) for call in misfits)
            ):
                yield place, misfits[0]


def _factories(start: Start, node: Node, calls: list[CallRecord]) -> Iterator[tuple[Reached, CallRecord]]:
    """What the factories of a dataclass's fields call without an argument, and asks for one."""
    for call in calls:
        place = Reached(node, call.at, call.half, call.certainty)
        if call.kind == _FACTORY and call.problem and start.counts(place) and is_sure_of(start, place, call):
            yield place, call


def _decorating(start: Start) -> Iterator[tuple[Reached, CallRecord]]:
    """Decorators that don't take the definition, and nothing more: `@retry` where `retry` asks for two arguments."""
    surroundings = start.context.surroundings
    for node in start.graph.nodes.values():
        for call in node.calls:
            function = call.callee.function if call.callee is not None else None
            place = Reached(node, call.at, call.half, call.certainty)
            if not call.problem or call.kind != "decorator" or function is None or not start.counts(place):
                continue
            definition = surroundings.definition(function.code.module.name, function.code.index)
            is_plain = definition is not None and not definition.decorators and function.owner is None
            alone = call.certainty == "certain" and [each for each in node.calls if each.at == call.at] == [call]
            written = decorator_at(surroundings, place.site)
            if is_plain and alone and isinstance(written, Name) and is_known(start, place, written):
                yield place, call


def _may_get_else(start: Start, place: Reached, call: CallRecord) -> bool:
    written = start.context.surroundings.node(place.site)
    return isinstance(written, Call) and may_bring_else(start, place, written, call.spread, call.problem)


def _misfits(start: Start, place: Reached, call: Call, made: Made) -> bool:
    """Whether the arguments of a call surely do not fit the fields of the class."""
    problem = _misfit(start, made)
    return problem != "" and not may_bring_else(start, place, call, made.spread, problem)


def _forwarded(start: Start) -> Iterator[tuple[Reached, CallRecord]]:
    """Calls of decorated definitions, whose wrapper passes on what does not fit."""
    for place, call in misfits(start):
        written = start.context.surroundings.node(place.site)
        if not isinstance(written, Call) or not start.counts(place):
            continue
        if has_one_meaning(place, written.function) or is_known(start, place, written.function):
            yield place, call
