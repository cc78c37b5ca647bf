"""The functions of the `operator` module: operators by name, and what takes a part of an object."""

from __future__ import annotations

from ssot_lint.callgraph import attributes, containers, iteration
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.decorators import make_partial
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.comparing import COMPARISONS, membership, rich_comparison
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.operators import REFLECTED, operate, special_call
from ssot_lint.callgraph.operators import truth as test_truth
from ssot_lint.callgraph.values import NOTHING, Constant, External, ExternalInstance, Value, Values, ordered

UNARY = ("neg", "pos", "invert", "abs", "index")


def _at(arguments: Arguments, place: int) -> Values:
    return arguments.at(place) or NOTHING


def _binary(method: str) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        return operate(frame, _at(arguments, 0), method, _at(arguments, 1), at)

    return handler


def _comparing(method: str) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        rich_comparison(frame, _at(arguments, 0), method, _at(arguments, 1), at)
        return frame.machine.only(ExternalInstance, "<builtin>.bool")

    return handler


def _unary(method: str) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        found = NOTHING
        for value in ordered(_at(arguments, 0)):
            result = special_call(frame, value, (method,), Arguments(), at)
            found |= frozenset((frame.machine.unknown,)) if result is None else result
        return found

    return handler


def _truth(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    test_truth(frame, _at(arguments, 0), at)
    return frame.machine.only(ExternalInstance, "<builtin>.bool")


def _contains(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    membership(frame, _at(arguments, 1), _at(arguments, 0), at)
    return frame.machine.only(ExternalInstance, "<builtin>.bool")


def _get_item(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    return iteration.subscript(frame, _at(arguments, 0), _at(arguments, 1), at)


def _set_item(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    iteration.set_subscript(frame, _at(arguments, 0), _at(arguments, 1), _at(arguments, 2), at)
    return frozenset((frame.machine.none,))


def _delete_item(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    iteration.delete_subscript(frame, _at(arguments, 0), _at(arguments, 1), at)
    return frozenset((frame.machine.none,))


def _getter(name: str) -> Handler:
    """`attrgetter("x")`, `itemgetter(0)`, `methodcaller("x")`: a function that is called with an object later."""

    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        return make_partial(frame, frame.machine.only(External, f"operator.{name}()"), arguments, at)

    return handler


def _got_attributes(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`attrgetter("a.b", …)(object)`."""
    *names, holders = arguments.positional or (NOTHING,)
    found = []
    for each in names:
        for name in ordered(each):
            values = holders
            for part in name.value.split(".") if isinstance(name, Constant) and isinstance(name.value, str) else ():
                values = attributes.attribute(frame, values, part, at)
            found.append(values)
    return _one_or_all(frame, found)


def _got_items(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`itemgetter(key, …)(object)`."""
    *keys, holders = arguments.positional or (NOTHING,)
    return _one_or_all(frame, [iteration.subscript(frame, holders, key, at) for key in keys])


def _one_or_all(frame: Frame, found: list[Values]) -> Values:
    return found[0] if len(found) == 1 else containers.packed_tuple(frame, found, None)


def _called_method(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`methodcaller("name", …)(object)`."""
    if len(arguments.positional) < 2:
        return None
    name, *given, holders = arguments.positional
    methods = NOTHING
    for each in ordered(name):
        if isinstance(each, Constant) and isinstance(each.value, str):
            methods |= attributes.attribute(frame, holders, each.value, at)
    return frame.machine.call(frame, methods, arguments._replace(positional=tuple(given)), at, "callback")


HANDLERS: dict[str, Handler] = {
    **{f"operator.{method.strip('_')}": _binary(method) for method in REFLECTED if method not in ("__and__", "__or__")},
    **{f"operator.{name}_": _binary(f"__{name}__") for name in ("and", "or")},
    "operator.concat": _binary("__add__"),
    **{f"operator.{method.strip('_')}": _comparing(method) for method in COMPARISONS.values()},
    **{f"operator.{name}": _unary(f"__{name}__") for name in UNARY},
    "operator.inv": _unary("__invert__"),
    "operator.truth": _truth,
    "operator.not_": _truth,
    "operator.contains": _contains,
    "operator.getitem": _get_item,
    "operator.setitem": _set_item,
    "operator.delitem": _delete_item,
    **{f"operator.{name}": _getter(name) for name in ("attrgetter", "itemgetter", "methodcaller")},
    "operator.attrgetter()": _got_attributes,
    "operator.itemgetter()": _got_items,
    "operator.methodcaller()": _called_method,
}
