"""The language's functions that go through what they are given."""

from __future__ import annotations

from ssot_lint.callgraph import containers, iteration, stepping
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.comparing import compare_items
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.operators import special_call, special_calls
from ssot_lint.callgraph.values import NOTHING, Container, ExternalInstance, Generator, Value, Values, ordered

# The most items that are gone through one after the other.
FEW = 8


def _iter(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    found = NOTHING
    if len(arguments.positional) == 2:
        element = frame.machine.call(frame, arguments.positional[0], Arguments(), at, "callback")
        return frozenset((containers.make(frame, "list", at, (), element),))
    for value, result in special_calls(frame, arguments.at(0) or NOTHING, ("__iter__", "__aiter__"), Arguments(), at):
        items = containers.exact(frame, value) if isinstance(value, Container) else None
        if items is not None:
            made = containers.make(frame, "list", at, list(enumerate(items)))
            stepping.begin(frame, made)
            frame.machine.iterators.add(made)
            found |= frozenset((made,))
        else:
            found |= frozenset((value,)) if result is None else result
    return found


def _next(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    found = arguments.at(1) or NOTHING
    for value, result in special_calls(frame, arguments.at(0) or NOTHING, ("__next__", "__anext__"), Arguments(), at):
        step = stepping.advance(frame, value) if isinstance(value, (Container, Generator)) else result
        found |= iteration.iterate(frame, frozenset((value,)), at) if step is None else step
        if isinstance(value, Generator):
            stepping.end(frame, value)
    return found


def _map(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    items = tuple(iteration.iterate(frame, values, at) for values in arguments.positional[1:])
    element = frame.machine.call(frame, arguments.at(0) or NOTHING, Arguments(items), at, "callback")
    return frozenset((containers.make(frame, "list", at, (), element),))


def _filter(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    element = iteration.iterate(frame, arguments.at(1) or NOTHING, at)
    predicate = frozenset(value for value in arguments.at(0) or NOTHING if value is not frame.machine.none)
    if predicate:
        frame.machine.call(frame, predicate, Arguments((element,)), at, "callback")
    return frozenset((containers.make(frame, "list", at, (), element),))


def _sorting(result: str) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        if receiver is not None:
            element = iteration.iterate(frame, frozenset((receiver,)), at)
        elif len(arguments.positional) > 1:
            element = NOTHING.union(*arguments.positional)
        else:
            element = iteration.iterate(frame, arguments.at(0) or NOTHING, at)
        key = arguments.at("key")
        if key and key != {frame.machine.none}:
            ranks = frame.machine.call(frame, key, Arguments((element,)), at, "callback")
        else:
            ranks = element
        _compare_all(frame, ranks, at)
        if result == "list":
            return frozenset((containers.make(frame, "list", at, (), element),))
        if result == "element":
            return element | arguments.keywords.get("default", NOTHING)
        return frozenset((frame.machine.none,))

    return handler


def _compare_all(frame: Frame, element: Values, at: int) -> None:
    for _ in special_calls(frame, element, ("__lt__", "__gt__"), Arguments((element,)), at):
        pass
    compare_items(frame, element, "__lt__", element, at)


def _heap(*, adds: bool, takes: bool) -> Handler:
    """`heapq`: the items of a list are compared, and stand wherever they must then."""

    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        element = NOTHING
        for value in ordered(arguments.at(0) or NOTHING):
            if isinstance(value, Container):
                element |= containers.elements(frame, value) | ((arguments.at(1) or NOTHING) if adds else NOTHING)
                containers.put(frame, value, element)
        _compare_all(frame, element, at)
        return element if takes else frozenset((frame.machine.none,))

    return handler


def _bisect(*, adds: bool) -> Handler:
    """`bisect`: what is sought is compared with items of the list, unless a `key` (the models call it) is."""

    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        sought = arguments.at(1) or arguments.at("x") or NOTHING
        element = NOTHING
        for value in ordered(arguments.at(0) or arguments.at("a") or NOTHING):
            if isinstance(value, Container):
                element |= containers.elements(frame, value)
                if adds:
                    containers.put(frame, value, containers.elements(frame, value) | sought)
            else:
                element |= iteration.iterate(frame, frozenset((value,)), at)
        if (arguments.at("key") or NOTHING) <= {frame.machine.none}:
            with frame.at_best("likely"):  # there may be no item yet
                _compare_all(frame, element | sought, at)
        return None

    return handler


def _sum(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    element = iteration.iterate(frame, arguments.at(0) or NOTHING, at)
    found = NOTHING
    for value, result in special_calls(frame, element, ("__add__",), Arguments((element,)), at):
        start = special_call(frame, value, ("__radd__",), Arguments((arguments.at(1) or NOTHING,)), at)
        found |= (result or NOTHING) | (start or NOTHING)
    joined = [value for value in element if isinstance(value, Container)]
    if joined:
        items = NOTHING.union(*(containers.elements(frame, each) for each in joined))
        found |= frozenset((containers.make(frame, "list", at, (), items),))
    return found or frame.machine.only(ExternalInstance, "<builtin>.int")


def _any(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    iteration.iterate(frame, arguments.at(0) or NOTHING, at)
    return frame.machine.only(ExternalInstance, "<builtin>.bool")


def _reversed(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    found = NOTHING
    for value, result in special_calls(frame, arguments.at(0) or NOTHING, ("__reversed__",), Arguments(), at):
        found |= result or NOTHING
        items = containers.exact(frame, value) if isinstance(value, Container) else None
        if items is not None:
            found |= frozenset((containers.make(frame, "list", at, list(enumerate(reversed(items)))),))
        elif result is None:
            element = _backwards(frame, value, at)
            found |= frozenset((containers.make(frame, "list", at, (), element),))
    return found


def _backwards(frame: Frame, value: Value, at: int) -> Values:
    """The items of what has no `__reversed__`: a sequence is asked for its length, then for each."""
    if special_call(frame, value, ("__len__",), Arguments(), at) is None:
        return iteration.iterate(frame, frozenset((value,)), at)
    unknown = frozenset((frame.machine.unknown,))
    return special_call(frame, value, ("__getitem__",), Arguments((unknown,)), at) or unknown


def _reduce(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    function, start = arguments.at(0) or NOTHING, arguments.at(2)
    items = iteration.known_items(frame, arguments.at(1) or NOTHING)
    if items is not None and len(items) <= FEW:
        rest = iter(items if start is not None else items[1:])
        found = start if start is not None else NOTHING.union(*items[:1])
        for item in rest:
            found = frame.machine.call(frame, function, Arguments((found, item)), at, "callback")
        return found
    element = iteration.iterate(frame, arguments.at(1) or NOTHING, at)
    start = (start or NOTHING) | element
    first = frame.machine.call(frame, function, Arguments((start, element)), at, "callback")
    return first | start


HANDLERS: dict[str, Handler] = {
    "heapq.heapify": _heap(adds=False, takes=False),
    "heapq.heappush": _heap(adds=True, takes=False),
    **{f"heapq.{name}": _heap(adds=True, takes=True) for name in ("heappushpop", "heapreplace")},
    **{f"bisect.{name}": _bisect(adds=True) for name in ("insort", "insort_left", "insort_right")},
    **{f"bisect.{name}": _bisect(adds=False) for name in ("bisect", "bisect_left", "bisect_right")},
    "heapq.heappop": _heap(adds=False, takes=True),
    **{f"heapq.{name}": _heap(adds=True, takes=True) for name in ("heappushpop", "heapreplace")},
    "<builtin>.iter": _iter,
    "<builtin>.aiter": _iter,
    "<builtin>.next": _next,
    "<builtin>.anext": _next,
    "<builtin>.map": _map,
    "<builtin>.filter": _filter,
    "<builtin>.sorted": _sorting("list"),
    "<builtin>.min": _sorting("element"),
    "<builtin>.max": _sorting("element"),
    "<builtin>.list.sort": _sorting("none"),
    "<builtin>.sum": _sum,
    "<builtin>.any": _any,
    "<builtin>.all": _any,
    "<builtin>.reversed": _reversed,
    "functools.reduce": _reduce,
}
