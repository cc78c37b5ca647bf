"""What turning values into text calls: `str()`, `print()`, f-strings, `%` and `format`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import Formatter

from ssot_lint.callgraph import attributes, containers
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.lookup import first_special
from ssot_lint.callgraph.values import NOTHING, Container, Instance, Values, ordered

STR = ("__str__", "__repr__")
REPR = ("__repr__",)
FORMAT = ("__format__", *STR)
# How deep containers in containers are followed.
DEEPEST = 4
_DIRECTIVE = re.compile(r"%(?:\(\w*\))?[-+ #0]*[\d*]*(?:\.[\d*]+)?[hlL]?([a-zA-Z%])")


def show(frame: Frame, values: Values, names: tuple[str, ...], at: int) -> None:
    """Calls the first of the methods that each value has; a container shows all that it holds by `__repr__`."""
    seen: set[Container] = set()
    for _ in range(DEEPEST):
        held = NOTHING
        for value in ordered(values):
            if isinstance(value, Instance):
                if method := first_special(frame, value, names):
                    frame.machine.call(frame, method, Arguments(), at, "operator")
                    continue
            elif isinstance(value, Container) and value not in seen:
                seen.add(value)
                held |= containers.elements(frame, value)
                if value.type == "dict":
                    held |= containers.key_values(frame, value)
            if len(values) > 1 and value is not frame.machine.none:
                frame.pass_over(at, "operator", names)
        values, names = held, REPR


def show_by_directives(frame: Frame, template: str | None, values: Values, at: int) -> None:
    """`template % values`: each directive shows one item of a tuple, or the value itself."""
    holders = [value for value in ordered(values) if isinstance(value, Container) and value.type in ("tuple", "dict")]
    shown = [containers.exact(frame, holder) or [containers.elements(frame, holder)] for holder in holders]
    for items in (*shown, [values.difference(holders)]):
        show_items(frame, template, items, at)


def show_items(frame: Frame, template: str | None, items: Sequence[Values], at: int) -> None:
    """The directives of a template show one item each; all of them perhaps any, if their numbers differ."""
    directives = None if template is None else [each for each in _DIRECTIVE.findall(template) if each != "%"]
    known = directives is not None and len(directives) == len(items)
    for place, item in enumerate(items):
        used = directives[place] if directives is not None and known else "".join(directives or "s")
        if "s" in used:
            show(frame, item, STR, at)
        if "r" in used or "a" in used:
            show(frame, item, REPR, at)


def show_by_fields(frame: Frame, template: str | None, arguments: Arguments, at: int) -> None:
    """`template.format(...)`: each field shows an argument, or what it reads from one (`"{0.name!r}"`)."""
    fields = _fields(template) if template is not None else None
    if fields is None:
        for values in (*arguments.positional, *arguments.keywords.values()):
            show(frame, values, FORMAT, at)
        return
    for place, names, conversion in fields:
        values = arguments.at(place) or NOTHING
        for name in names:
            values = attributes.attribute(frame, values, name, at)
        show(frame, values, {"r": REPR, "a": REPR, "s": STR}.get(conversion, FORMAT), at)


def _fields(template: str) -> list[tuple[int | str, list[str], str]] | None:
    """Of each field the argument, the attributes that it reads, and the conversion; None where it does more."""
    try:
        parsed = [(name, spec, kind or "") for _, name, spec, kind in Formatter().parse(template) if name is not None]
    except ValueError:
        return None
    found: list[tuple[int | str, list[str], str]] = []
    for count, (name, spec, conversion) in enumerate(parsed):
        place, *names = name.split(".")
        if "[" in name or "{" in (spec or ""):
            return None
        found.append((int(place) if place.isdecimal() else place or count, names, conversion))
    return found
