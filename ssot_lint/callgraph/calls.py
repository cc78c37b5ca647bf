"""Calls: what happens when a value is called.

One function a type of value. Calls into the project enter an activation of the callee; calls of what lies outside it
do what the language (`builtins`) or the library (`models`) does with their arguments.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ssot_lint.callgraph import containers, enumerations, lookup, stepping
from ssot_lint.callgraph.activation import SERVICE, CallKind, Made, Missing, Passed
from ssot_lint.callgraph.arguments import Arguments, Binding, bind
from ssot_lint.callgraph.choices import certainty_of, weaker
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.contents import HOLDERS, own_receiver, receivers
from ssot_lint.callgraph.crowd import joined_by
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.library_bases import ABSTRACT, MAPPED
from ssot_lint.callgraph.raising import NEVER_BACK
from ssot_lint.callgraph.values import (
    NOTHING,
    PLAIN_DATA,
    Bound,
    Class,
    Constant,
    Container,
    Descriptor,
    External,
    ExternalInstance,
    Function,
    Generator,
    Instance,
    Module,
    Partial,
    Pattern,
    Super,
    Unknown,
    Vacant,
    Value,
    Values,
    Wrapper,
    ordered,
)
from ssot_lint.callgraph.wrappers import call_wrapper
from ssot_lint.findings import Certainty

# Decorators that are part of the language rather than calls, as the published call-graph benchmarks have it.
SYNTAX = frozenset(("<builtin>.property", "<builtin>.staticmethod", "<builtin>.classmethod"))
TYPE = "<builtin>.type"
POSITIONS = [frozenset(str(index) for index in range(count)) for count in range(16)]
# What a `__new__` gives that asks a base outside the project for the new object.
_TYPED_DICTS = frozenset(("typing.TypedDict", "typing_extensions.TypedDict"))
# Classes of which each call is noted, since something else than their `__init__` may refuse it.
_NOTED = ABSTRACT | {MAPPED}
_PERHAPS_NEW = (External, ExternalInstance, Unknown)


def call(
    frame: Frame, callees: Values, arguments: Arguments, at: int, kind: CallKind, limit: Certainty = "certain"
) -> Values:
    """What calling any of the values gives; the calls are recorded at the site, at best that certain."""
    callable_values = [value for value in ordered(callees) if not isinstance(value, PLAIN_DATA)]
    frame.ending = None
    if not callable_values:
        frame.activation.opaque[at] = "unknown"
        return frozenset((frame.machine.unknown,)) if callees else NOTHING
    certainty = limit
    if len(callees) > 1 and not _are_one(callees):
        certainty = weaker(limit, certainty_of(callable_values, frame.machine.held, frame.activation))
    bound = frame.machine.bounds.candidates
    if len(callable_values) > bound:
        frame.machine.widened.add((frame.code.module.name, at))
        callable_values = callable_values[:bound]
    frame.nested = frame.nested + 1 if frame.nesting else 0
    if frame.nesting >= frame.machine.bounds.nesting or frame.nested > frame.machine.bounds.nested:
        frame.activation.opaque[at] = "nested too deeply"
        return frozenset((frame.machine.unknown,))
    frame.nesting += 1
    result = NOTHING
    for value in callable_values:
        result |= CALL[type(value)](frame, value, arguments, at, kind, certainty)
    frame.nesting -= 1
    # What is called may be something else, and so may be what that gives.
    return result | {frame.machine.unknown} if frame.machine.unknown in callees else result


def _are_one(callees: Values) -> bool:
    """Whether it is one function of the project, whatever instance it is called on."""
    functions = {value.function if isinstance(value, Bound) else None for value in callees}
    return len(functions) == 1 and isinstance(next(iter(functions)), Function)


def call_function(
    frame: Frame, function: Function, arguments: Arguments, at: int, kind: CallKind, certainty: Certainty
) -> Values:
    """Enters a function of the project."""
    machine = frame.machine
    bound = bind(function.code.signature, arguments)
    binding = complete(frame, function, bound, arguments)
    is_left = at in frame.left_running and function.code.scope.is_async
    stage = SERVICE if is_left else max(frame.stage, frame.activation.stage)
    activation = machine.contexts.activation(
        function, binding, min(stage, SERVICE), frame.activation.subject, kind == "decorator"
    )
    activation.is_task |= is_left
    frame.publish()
    machine.enter(activation, frame.activation, stage, postponed=frame.registers)
    if activation.stale and frame.loop_exits:  # the next turn of the loop calls it again
        machine.schedule.enqueue(activation)
    if frame.awaits:
        activation.awaiting = joined_by(activation.awaiting, frame.activation)
    frame.forget()
    given = machine.interner.share(bound.given)
    passed = Passed(given, activation.binding if activation.is_exact else binding, bound.problem, arguments.spread)
    frame.record(at, kind, function.code.symbol, activation, certainty, passed)
    frame.ending = function.code if certainty == "certain" and kind == "call" else None
    if function.code.scope.is_generator:
        made = machine.make(Generator, activation, (frame.code.module.name, at, frame.activation))
        stepping.begin(frame, made)
        return frozenset((made,))
    return frozenset((machine.unknown,)) if is_left else activation.given_back(binding)


def complete(frame: Frame, function: Function, bound: Binding, arguments: Arguments) -> dict[str, Values]:
    """All parameters' values: the given ones, defaults for the rest, `*args` and `**kwargs` packed."""
    machine = frame.machine
    values: dict[str, Values] = {}
    for parameter in function.code.scope.parameters:
        name = parameter.name
        if parameter.kind == "var-positional":
            values[name] = containers.packed_tuple(frame, bound.extra, arguments.rest)
        elif parameter.kind == "var-keyword":
            values[name] = containers.packed_dict(frame, function.code, bound.extra_keywords, arguments.rest_keywords)
        elif name in bound.values:
            values[name] = bound.values[name]
            if name not in bound.given and parameter.default is not None:
                default = machine.default(function, name)
                values[name] = default | _like(values[name], default)
        else:
            values[name] = machine.default(function, name)
    return {name: machine.interner.share(each) for name, each in values.items()}


def _like(values: Values, default: Values) -> Values:
    """What of `**values` by unknown names a parameter may get: no objects in place of a text or a number."""
    if not all(isinstance(each, Constant) and isinstance(each.value, (str, bytes, int, float)) for each in default):
        return values
    return frozenset(each for each in values if not isinstance(each, Instance) or any(each.info.outside))


def _call_function(
    frame: Frame, value: Function, arguments: Arguments, at: int, kind: CallKind, certainty: Certainty
) -> Values:
    return call_function(frame, value, arguments, at, kind, certainty)


def _call_bound(
    frame: Frame, value: Bound, arguments: Arguments, at: int, kind: CallKind, certainty: Certainty
) -> Values:
    if isinstance(value.receiver, Instance) and value.receiver.open:
        certainty = weaker(certainty, "likely")
    if isinstance(value.function, External):
        return call_external(frame, value.function.path, arguments, at, kind, certainty, receiver=value.receiver)
    prepended = arguments.prepend(frozenset((value.receiver,)))
    return CALL[type(value.function)](frame, value.function, prepended, at, kind, certainty)


def _call_class(
    frame: Frame, value: Class, arguments: Arguments, at: int, kind: CallKind, certainty: Certainty
) -> Values:
    metacall = lookup.special(frame, value, "__call__")
    if metacall and frame.activation.code.scope.name != "__call__":
        return call(frame, metacall, arguments, at, kind, certainty)
    if len(arguments.positional) == 3 and TYPE in value.info.outside:
        return frame.machine.builtins[TYPE](frame, arguments, at, value) or NOTHING
    return instantiate(frame, value, arguments, at, kind, certainty)


def instantiate(
    frame: Frame, value: Class, arguments: Arguments, at: int, kind: CallKind, certainty: Certainty
) -> Values:
    """`type.__call__`: `__new__`, then `__init__` on the new instances of the class."""
    machine = frame.machine
    info = value.info
    if lookup.is_enum(info):
        members = enumerations.look_up(frame, info, arguments.at(0) or NOTHING, at)
        if members is not None:
            return members
    if not _TYPED_DICTS.isdisjoint(info.outside):
        return machine.builtins["<builtin>.dict"](frame, arguments, at, None) or NOTHING
    machine.hierarchy.instantiated(info)
    key = frame.place(at)
    created = machine.only(Instance, info, key, value.open)
    if value.open:
        certainty = weaker(certainty, "likely")
    elif kind == "call" and (info.metaclasses or not _NOTED.isdisjoint(info.outside)):
        given = (len(arguments.positional), machine.interner.share(frozenset(arguments.keywords)))
        frame.activation.made[Made(at, frame.half, info, *given, spread=_all_told(arguments))] = None
    owner, maker = lookup.find(frame, info, "__new__")
    if owner is not None:
        made = NOTHING
        for each in ordered(maker):
            function = each.getter if isinstance(each, Descriptor) else each
            made |= call(frame, frozenset((function,)), arguments.prepend(frozenset((value,))), at, kind)
        known = frozenset(each for each in made if not isinstance(each, _PERHAPS_NEW)) - {machine.none}
        is_told = len(known) == len(made) or any(isinstance(each, Instance) for each in known)
        created = known if known and is_told else known | created
    for instance in ordered(created):
        if isinstance(instance, Instance) and instance.info.derives_from(info):
            _initialise(frame, instance, arguments, at, kind, certainty)
    return created


def _initialise(
    frame: Frame, instance: Instance, arguments: Arguments, at: int, kind: CallKind, certainty: Certainty
) -> None:
    owner, initialisers = lookup.find(frame, instance.info, "__init__")
    machine = frame.machine
    synthetic = machine.synthetic_fields(frame, instance.info)
    if synthetic is not None and owner is not None and synthetic.owner is None:
        machine.fill_fields(frame, instance, synthetic, Arguments((), arguments.keywords), at)
    elif synthetic is not None and (owner is None or not _before(instance.info, owner, synthetic.owner)):
        _note_made(frame, instance.info, arguments, at, kind)
        passed = machine.fill_fields(frame, instance, synthetic, arguments, at)
        after = lookup.special(frame, instance, "__post_init__")
        if after:
            call(frame, after, passed, at, kind)
        return
    if not initialisers and (arguments.positional or arguments.keywords):
        _note_made(frame, instance.info, arguments, at, kind)
    for each in ordered(initialisers):
        if isinstance(each, Function):
            call_function(frame, each, arguments.prepend(frozenset((instance,))), at, kind, certainty)
        elif isinstance(each, External) and owner is None:
            call_external(frame, each.path, arguments, at, kind, certainty, receiver=instance)


def _note_made(frame: Frame, info: ClassInfo, arguments: Arguments, at: int, kind: CallKind) -> None:
    if arguments.rest is None and arguments.rest_keywords is None:
        given = (len(arguments.positional), frame.machine.interner.share(frozenset(arguments.keywords)))
        frame.activation.made[Made(at, frame.half, info, *given, kind, arguments.spread)] = None


def _all_told(arguments: Arguments) -> tuple[Container, ...] | None:
    """The tuples and dicts that a call spreads, if it passes nothing of which the number or names are not known."""
    return arguments.spread if arguments.rest is None and arguments.rest_keywords is None else None


def _before(info: ClassInfo, owner: ClassInfo, synthetic: ClassInfo | None) -> bool:
    order = list(info.classes)
    return synthetic is None or order.index(owner) <= order.index(synthetic)


def _call_instance(
    frame: Frame, value: Instance, arguments: Arguments, at: int, kind: CallKind, certainty: Certainty
) -> Values:
    method = lookup.special(frame, value, "__call__")
    if not method:
        frame.activation.opaque[at] = "no `__call__`"
        _note_uncallable(frame, value, at, certainty)
        return frozenset((frame.machine.unknown,))
    return call(frame, method, arguments, at, kind, certainty)


def _note_uncallable(frame: Frame, value: Value, at: int, certainty: Certainty) -> None:
    if certainty == "certain":
        frame.activation.missing[Missing("attribute", at, frame.half, value, "__call__")] = None


def call_external(
    frame: Frame,
    path: str,
    arguments: Arguments,
    at: int,
    kind: CallKind,
    certainty: Certainty,
    receiver: Value | None = None,
) -> Values:
    """A call of something outside the project: recorded, and done as the language or a model says."""
    machine = frame.machine
    if path.startswith("builtins."):
        path = f"<builtin>.{path.removeprefix('builtins.')}"
    known = machine.models.canonical(path)
    if not (path.endswith("()") or _is_machinery(path, kind) or (kind == "decorator" and known in SYNTAX)):
        frame.record(at, kind, path, None, certainty, _passed_outside(frame, arguments))
    frame.ending = path if known in NEVER_BACK and certainty == "certain" else None
    if not path.startswith("<builtin>."):
        _hand_out(frame, arguments)
    handler = machine.builtins.get(known)
    with frame.at_best(certainty):
        if handler is not None:
            base = known.rpartition(".")[0]
            if receiver is None and base in HOLDERS and (receiver := own_receiver(base, arguments)) is not None:
                arguments = arguments._replace(positional=arguments.positional[1:])
            results = [handler(frame, arguments, at, each) for each in receivers(frame, receiver, known)]
            told = [each for each in results if each is not None]
            if told:
                return NOTHING.union(*told)
        return machine.models.apply(frame, known, arguments, at, receiver)


def _hand_out(frame: Frame, arguments: Arguments) -> None:
    """Notes the dicts that something outside gets, which may put more into them."""
    for values in (*arguments.positional, *arguments.keywords.values()):
        for each in values:
            if isinstance(each, Container):
                each.may_hold_more = True


def _passed_outside(frame: Frame, arguments: Arguments) -> Passed:
    """The positions and keywords that a call of something outside passes."""
    count = len(arguments.positional)
    positions = POSITIONS[count] if count < len(POSITIONS) else POSITIONS[-1]
    if not arguments.keywords:
        return Passed(positions)
    return Passed(frame.machine.interner.share(positions.union(arguments.keywords)))


def _is_machinery(path: str, kind: CallKind) -> bool:
    """Whether a path is a special method of a builtin type (`<builtin>.object.__new__`), or one that nobody names.

    An operator calls it, a decorator's instance, or a library that makes an instance by itself.
    """
    if kind == "class" and path.startswith("<builtin>."):
        return True  # the factory of a dataclass's field
    if path.startswith("typing.NamedTuple._"):
        return True  # each named tuple has methods of its own
    if path.endswith(".__call__" if kind == "decorator" else ".__init__") and kind in ("decorator", "callback"):
        return True
    is_special = path.endswith("__") and path.count(".") > 1
    return is_special and (path.startswith("<builtin>.") or kind in ("operator", "iteration", "context", "property"))


def _call_external(
    frame: Frame, value: External, arguments: Arguments, at: int, kind: CallKind, certainty: Certainty
) -> Values:
    return call_external(frame, value.path, arguments, at, kind, certainty)


def _call_external_instance(
    frame: Frame, value: ExternalInstance, arguments: Arguments, at: int, kind: CallKind, certainty: Certainty
) -> Values:
    return call_external(frame, f"{value.path}()", arguments, at, kind, certainty)


def _call_partial(
    frame: Frame, value: Partial, arguments: Arguments, at: int, kind: CallKind, certainty: Certainty
) -> Values:
    function = frame.read(("partial", value.key))
    if value.path and not function:  # it keeps nothing that a call would run, as a queue
        return call_external(frame, f"{value.path}()", arguments, at, kind, certainty)
    return call(frame, function, frame.machine.partial_arguments(value).extend(arguments), at, kind, certainty)


def _call_descriptor(
    frame: Frame, value: Descriptor, arguments: Arguments, at: int, kind: CallKind, certainty: Certainty
) -> Values:
    return call(frame, frozenset((value.getter,)), arguments, at, kind, certainty)


def _not_callable(
    frame: Frame, value: Value, arguments: Arguments, at: int, kind: CallKind, certainty: Certainty
) -> Values:
    frame.activation.opaque[at] = f"a {type(value).__name__.lower()} is called"
    if isinstance(value, Module):
        _note_uncallable(frame, value, at, certainty)
    return frozenset((frame.machine.unknown,))


CALL: dict[type[Value], Callable[[Frame, Any, Arguments, int, CallKind, Certainty], Values]] = {
    Function: _call_function,
    Bound: _call_bound,
    Class: _call_class,
    Instance: _call_instance,
    External: _call_external,
    ExternalInstance: _call_external_instance,
    Partial: _call_partial,
    Wrapper: call_wrapper,
    Descriptor: _call_descriptor,
    Container: _not_callable,
    Generator: _not_callable,
    Module: _not_callable,
    Super: _not_callable,
    Constant: _not_callable,
    Pattern: _not_callable,
    Unknown: _not_callable,
    Vacant: _not_callable,
}
