"""What loops go over and what subscripts take: the elements and entries of displays, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ssot_lint.facts.model import (
    Attribute,
    BoolOp,
    Call,
    Conditional,
    Const,
    DictDisplay,
    Display,
    Expression,
    Name,
    Opaque,
    Operation,
    Star,
)  # fmt: skip
from ssot_lint.settings.reads.index import ModuleIndex, Path

if TYPE_CHECKING:
    from ssot_lint.settings.reads.resolve import Program

Place: TypeAlias = tuple[Expression, ModuleIndex, int]
"""An expression with the module and the scope that it stands in."""

_MAX_DEPTH = 8
_SAME_ELEMENTS = frozenset({"sorted", "list", "tuple", "set", "frozenset", "reversed", "iter", "dict", "OrderedDict"})
_OF_DICTS = frozenset({"keys", "values", "items"})


def looped_over(node: Name, module: ModuleIndex, scope: int) -> list[tuple[Expression, Path, int]]:
    """What a loop takes a name from, with the scope that the loop stands in; nothing if the name is bound nearer."""
    if around := module.looped.get(id(node)):
        return [(*around[1:], scope)]
    name, current = node.id, scope
    while current >= 0:
        if (current, name) in module.iterated:
            return [(iterable, path, current) for iterable, path in module.iterated[current, name]]
        if (current, name) in module.assigned:
            return []
        if any(parameter.name == name for parameter in module.scope(current).parameters):
            return []
        current = module.scope(current).parent
    return []


def elements(
    iterable: Expression, program: Program, module: ModuleIndex, scope: int, path: Path = (), depth: int = 0
) -> Iterator[Place]:
    """The elements of what can be seen, or of each the part that `path` unpacks (`for _, key in PAIRS`)."""
    for place in _elements(iterable, program, module, scope, depth):
        yield from _unpacked(place, path, program, depth)


def entries(
    value: Expression, key: Expression, program: Program, module: ModuleIndex, scope: int, depth: int = 0
) -> Iterator[Place]:
    """`value[key]`: the entry of a constant key, else every one."""
    if depth > _MAX_DEPTH:
        return
    wanted = key.value if isinstance(key, Const) else None
    match value:
        case DictDisplay(items=items):
            for name, entry in items:
                if wanted is None or not isinstance(name, Const) or name.value == wanted:
                    yield entry, module, scope
        case Display(items=items):
            if isinstance(wanted, int) and -len(items) <= wanted < len(items):
                yield items[wanted], module, scope
            elif wanted is None:
                yield from ((item, module, scope) for item in items)
        case Name() | Attribute():
            for defined, owner, inner in program.definitions(value, module, scope, depth):
                yield from entries(defined, key, program, owner, inner, depth + 1)
        case Call():
            for returned, owner, inner in program.returned(value, module, scope, depth):
                yield from entries(returned, key, program, owner, inner, depth + 1)
        case _:
            return


def has_entry(
    value: Expression, key: Expression, program: Program, module: ModuleIndex, scope: int, depth: int = 0
) -> bool:
    """Whether a dict that is put together is sure to have the constant key."""
    match value, key:
        case DictDisplay(items=items), Const(value=wanted):
            return any(
                (isinstance(name, Const) and name.value == wanted)
                or (name is None and has_entry(entry, key, program, module, scope, depth + 1))
                for name, entry in items
            )
        case Operation(first=first, rest=rest), Const() if all(method == "__or__" for method, _, _ in rest):
            merged = (first, *(each for _, each, _ in rest))
            return any(has_entry(each, key, program, module, scope, depth + 1) for each in merged)
        case ((Name() | Attribute()), Const()) if depth <= _MAX_DEPTH:
            defined = program.definitions(value, module, scope, depth)
            return any(has_entry(each, key, program, owner, inner, depth + 1) for each, owner, inner in defined)
        case _:
            return False


def _elements(iterable: Expression, program: Program, module: ModuleIndex, scope: int, depth: int) -> Iterator[Place]:
    if depth > _MAX_DEPTH:
        return
    match iterable:
        case Display(items=items):
            for item in items:
                if isinstance(item, Star):
                    yield from _elements(item.value, program, module, scope, depth + 1)
                else:
                    yield item, module, scope
        case DictDisplay():
            yield from _of_dict(iterable, "keys", program, module, scope, depth)
        case Call(function=Attribute(value=value, name=name), arguments=[]) if name in _OF_DICTS:
            yield from _of_dict(value, name, program, module, scope, depth)
        case Call(function=Name(id="enumerate"), arguments=[numbered, *_]):
            counted = _elements(numbered, program, module, scope, depth + 1)
            yield from ((Display("tuple", [Opaque("int"), item], 0), owner, where) for item, owner, where in counted)
        case Name() | Attribute():
            for value, owner, where in program.definitions(iterable, module, scope, depth):
                yield from _elements(value, program, owner, where, depth + 1)
            yield from program.members(iterable, module, scope, depth)
        case _:
            for value, owner, where in _wholes(iterable, program, module, scope, depth):
                yield from _elements(value, program, owner, where, depth + 1)


def _wholes(
    iterable: Expression, program: Program, module: ModuleIndex, scope: int, depth: int
) -> Sequence[Place] | Iterator[Place]:
    """What has the elements of the whole, or may have: its parts, or what a function returns."""
    parts: list[Place] = [(part, module, scope) for part in _parts(iterable)]
    return program.returned(iterable, module, scope, depth) if isinstance(iterable, Call) and not parts else parts


def _parts(iterable: Expression) -> Sequence[Expression]:
    """The expressions whose elements are those of the whole, or may be."""
    match iterable:
        case Call(function=Name(id=name), arguments=[same, *_]) if name in _SAME_ELEMENTS:
            return (same,)
        case Operation(first=first, rest=rest) if all(method in {"__add__", "__or__"} for method, _, _ in rest):
            return (first, *(value for _, value, _ in rest))
        case Conditional(body=body, orelse=orelse):
            return (body, orelse)
        case BoolOp(values=values):
            return values
        case _:
            return ()


def _of_dict(
    value: Expression, view: str, program: Program, module: ModuleIndex, scope: int, depth: int
) -> Iterator[Place]:
    if isinstance(value, Name | Attribute):
        for defined, owner, inner in program.definitions(value, module, scope, depth):
            if isinstance(defined, DictDisplay | Call):
                yield from _of_dict(defined, view, program, owner, inner, depth + 1)
    elif isinstance(value, Call):
        for returned, owner, inner in program.returned(value, module, scope, depth) if depth <= _MAX_DEPTH else ():
            yield from _of_dict(returned, view, program, owner, inner, depth + 1)
    elif isinstance(value, DictDisplay):
        for key, entry in value.items:
            if key is not None:
                pair = Display("tuple", [key, entry], 0)
                yield {"keys": key, "values": entry, "items": pair}[view], module, scope


def _unpacked(place: Place, path: Path, program: Program, depth: int) -> Iterator[Place]:
    expression, module, scope = place
    if not path:
        yield place
    elif isinstance(expression, Display) and path[0] < len(expression.items):
        yield from _unpacked((expression.items[path[0]], module, scope), path[1:], program, depth)
    elif isinstance(expression, Name) and depth <= _MAX_DEPTH:
        for defined in program.definitions(expression, module, scope, depth):
            yield from _unpacked(defined, path, program, depth + 1)
