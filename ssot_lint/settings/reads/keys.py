"""Which keys an expression may be: constants, patterns (`JWT_SECRET_*`), or a parameter that its callers give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ssot_lint.facts.model import (
    Attribute,
    Call,
    Conditional,
    Const,
    DictDisplay,
    Display,
    Expression,
    Format,
    Name,
    Operation,
)  # fmt: skip
from ssot_lint.settings.reads.index import ModuleIndex
from ssot_lint.settings.reads.resolve import Program

_MAX_DEPTH = 6
_CASES: dict[str, Callable[[str], str]] = {"upper": str.upper, "lower": str.lower, "strip": str.strip}


@dataclass(frozen=True)
class Key:
    """A key: text in which `*` is unknown, or with a `parameter` between `prefix` and `text` (then the suffix)."""

    text: str
    parameter: str = ""
    prefix: str = ""
    case: str = ""

    def filled(self, given: Key) -> Key:
        """The key with `given` in the place of its parameter."""
        change = _CASES[self.case] if self.case else str
        if not given.parameter:
            return Key(f"{self.prefix}{change(given.text)}{self.text}")
        return Key(
            f"{change(given.text)}{self.text}", given.parameter, f"{self.prefix}{change(given.prefix)}",
            self.case or given.case,
        )  # fmt: skip


def keys(expression: Expression, program: Program, module: ModuleIndex, scope: int, depth: int = 0) -> Iterator[Key]:
    """The keys that an expression may be; nothing where it can't be told."""
    if depth > _MAX_DEPTH:
        return
    match expression:
        case Const(value=str(text)):
            yield Key(text)
        case Format(parts=parts):
            yield from _joined(parts, program, module, scope, depth)
        case Operation(first=first, rest=rest) if all(method == "__add__" for method, _, _ in rest):
            yield from _joined([first, *(value for _, value, _ in rest)], program, module, scope, depth)
        case Conditional(body=body, orelse=orelse):
            yield from keys(body, program, module, scope, depth + 1)
            yield from keys(orelse, program, module, scope, depth + 1)
        case Call(function=Attribute(value=value, name=name)) if name in _CASES:
            for key in keys(value, program, module, scope, depth + 1):
                yield Key(key.text, key.parameter, key.prefix, name) if key.parameter else Key(_CASES[name](key.text))
        case Name(id=name):
            yield from _of_name(name, program, module, scope, depth)
        case Attribute(value=value, name=name):
            yield from _of_attribute(value, name, program, module, scope, depth)
        case _:
            return


def _joined(parts: list[Expression], program: Program, module: ModuleIndex, scope: int, depth: int) -> Iterator[Key]:
    """A text put together; at most one part may be a parameter."""
    prefix, parameter, case, text = "", "", "", ""
    for part in parts:
        found = next(keys(part, program, module, scope, depth + 1), Key("*"))
        if found.parameter and not parameter:
            prefix, parameter, case, text = text + found.prefix, found.parameter, found.case, found.text
        else:
            text += "*" if found.parameter else found.text
    yield Key(text, parameter, prefix, case)


def _of_name(name: str, program: Program, module: ModuleIndex, scope: int, depth: int) -> Iterator[Key]:
    current = scope
    while current >= 0:
        if (current, name) in module.iterated:
            for iterable in module.iterated[current, name]:
                yield from _elements(iterable, program, module, current, depth + 1)
            return
        if any(parameter.name == name for parameter in module.scope(current).parameters):
            yield Key("", parameter=name) if current == scope else Key("*")
            return
        if (current, name) in module.assigned:
            for value in module.assigned[current, name]:
                yield from keys(value, program, module, current, depth + 1)
            return
        if (current, name) in module.imported:
            for dotted in module.imported[current, name]:
                yield from _of_dotted(dotted, program, depth)
            return
        current = module.scope(current).parent


def _of_dotted(dotted: str, program: Program, depth: int) -> Iterator[Key]:
    owner, _, name = dotted.rpartition(".")
    if owner in program.modules:
        yield from _of_name(name, program, program.modules[owner], 0, depth + 1)


def _of_attribute(
    value: Expression, name: str, program: Program, module: ModuleIndex, scope: int, depth: int
) -> Iterator[Key]:
    """A constant of a module or a class; `Member.value` of an enum is the member."""
    if name == "value" and isinstance(value, Attribute):
        yield from keys(value, program, module, scope, depth + 1)
        return
    owner = program.target(value, module, scope)
    if owner is None:
        return
    if owner in program.modules:
        yield from _of_name(name, program, program.modules[owner], 0, depth + 1)
    elif found := program.find(owner.removesuffix("()")):
        for holder, number in program.lineage(*found):
            for assigned in holder.assigned.get((number, name), ()):
                yield from keys(assigned, program, holder, number, depth + 1)


def _elements(iterable: Expression, program: Program, module: ModuleIndex, scope: int, depth: int) -> Iterator[Key]:
    """The constants of a display that is looped over, also by its name."""
    match iterable:
        case Display(items=items):
            for item in items:
                yield from keys(item, program, module, scope, depth + 1)
        case DictDisplay(items=pairs):
            for key, _ in pairs:
                if key is not None:
                    yield from keys(key, program, module, scope, depth + 1)
        case Name(id=name) if depth <= _MAX_DEPTH:
            current = scope
            while current >= 0:
                for value in module.assigned.get((current, name), ()):
                    yield from _elements(value, program, module, current, depth + 1)
                current = module.scope(current).parent
        case _:
            return
