"""The language's functions that give rows: tuples of what they go through."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_lint.callgraph import containers, iteration
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Constant, Container, ExternalInstance, Value, Values

# Longer rows are not told item by item.
FEW = 8
_COMBINATIONS = ("combinations", "combinations_with_replacement", "permutations")


def _enumerate(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    element = iteration.iterate(frame, arguments.at(0) or NOTHING, at)
    known = None if len(arguments.positional) != 1 else _exact(frame, arguments.positional[0])
    if known is not None:
        return _listed_exactly(frame, at, [(frame.machine.only(Constant, n), each) for n, each in enumerate(known)])
    index = frame.machine.only(ExternalInstance, "<builtin>.int")
    return _listed_pairs(frame, at, (index, element))


def _zip(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    elements = tuple(iteration.iterate(frame, each, at) for each in arguments.positional)
    known = [_exact(frame, each) for each in arguments.positional] if arguments.rest is None else []
    columns = [each for each in known if each is not None]
    if len(columns) == len(elements):
        return _listed_exactly(frame, at, list(zip(*columns, strict=False)))
    return _listed_pairs(frame, at, elements)


def _exact(frame: Frame, values: Values) -> list[Values] | None:
    """The items of the one container that is meant, where all are known and none comes or goes meanwhile."""
    only = next(iter(values)) if len(values) == 1 else None
    is_known = isinstance(only, Container) and containers.is_made_here(frame, only) and not frame.loop_exits
    return containers.exact(frame, only) if isinstance(only, Container) and is_known else None


def _listed_exactly(frame: Frame, at: int, rows: Sequence[tuple[Values, ...]]) -> Values:
    items = [(place, containers.packed_tuple(frame, row, None)) for place, row in enumerate(rows)]
    return frozenset((containers.make(frame, "list", at, items),))


def _listed_pairs(frame: Frame, at: int, parts: tuple[Values, ...]) -> Values:
    pair = containers.packed_tuple(frame, parts, None)
    return frozenset((containers.make(frame, "list", at, (), pair),))


def _zip_longest(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    missing = arguments.keywords.get("fillvalue", frozenset((frame.machine.none,)))
    elements = (iteration.iterate(frame, each, at) | missing for each in arguments.positional)
    return _listed_pairs(frame, at, tuple(elements))


def _product(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    elements = tuple(iteration.iterate(frame, each, at) for each in arguments.positional)
    times = _number(arguments.keywords.get("repeat")) if "repeat" in arguments.keywords else 1
    if times is None or arguments.rest is not None:
        return _listed_any(frame, at, NOTHING.union(*elements, iteration.iterate(frame, arguments.rest or NOTHING, at)))
    return _listed_pairs(frame, at, elements * times)


def _choosing(length: int | None = None) -> Handler:
    """Rows of so many items of one thing, or of as many as the second argument says."""

    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        element = iteration.iterate(frame, arguments.at(0) or NOTHING, at)
        times = _number(arguments.at(1)) if length is None else length
        return _listed_any(frame, at, element) if times is None else _listed_pairs(frame, at, (element,) * times)

    return handler


def _batched(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    return _listed_any(frame, at, iteration.iterate(frame, arguments.at(0) or NOTHING, at))


def _tee(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    element = iteration.iterate(frame, arguments.at(0) or NOTHING, at)
    every = frozenset((containers.make(frame, "list", at, (), element),))
    times = _number(arguments.at(1)) if len(arguments.positional) > 1 else 2
    return containers.packed_tuple(frame, (every,) * (times or 0), None if times else every)


def _groupby(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    element = iteration.iterate(frame, arguments.at(0) or NOTHING, at)
    key = (arguments.at(1) or arguments.at("key") or NOTHING) - {frame.machine.none}
    group = frozenset((containers.make(frame, "list", at, (), element, of=frame.machine.none),))
    found = frame.machine.call(frame, key, Arguments((element,)), at, "callback") if key else element
    return _listed_pairs(frame, at, (found, group))


def _number(values: Values | None) -> int | None:
    """The small number that is meant."""
    only = next(iter(values)) if values is not None and len(values) == 1 else None
    known = only.value if isinstance(only, Constant) else None
    return known if isinstance(known, int) and 0 < known <= FEW else None


def _listed_any(frame: Frame, at: int, element: Values) -> Values:
    """A list of rows of nobody knows how many items."""
    row = containers.make(frame, "tuple", at, (), element)
    return frozenset((containers.make(frame, "list", at, (), frozenset((row,))),))


HANDLERS: dict[str, Handler] = {
    "<builtin>.enumerate": _enumerate,
    "<builtin>.zip": _zip,
    "itertools.zip_longest": _zip_longest,
    "itertools.product": _product,
    "itertools.pairwise": _choosing(2),
    **{f"itertools.{name}": _choosing() for name in _COMBINATIONS},
    "itertools.batched": _batched,
    "itertools.tee": _tee,
    "itertools.groupby": _groupby,
}
