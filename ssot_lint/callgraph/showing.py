"""What turning values into text calls: `str()`, `print()`, f-strings, `%` and `format`."""

from __future__ import annotations

import re

from ssot_lint.callgraph import containers
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.lookup import first_special
from ssot_lint.callgraph.values import Container, Instance, Values, ordered

STR = ("__str__", "__repr__")
REPR = ("__repr__",)
FORMAT = ("__format__", *STR)
# How deep containers in containers are followed: one may hold itself.
DEEPEST = 3
_DIRECTIVE = re.compile(r"%(?:\(\w*\))?[-+ #0]*[\d*]*(?:\.[\d*]+)?[hlL]?([a-zA-Z%])")


def show(frame: Frame, values: Values, names: tuple[str, ...], at: int, depth: int = 0) -> None:
    """Calls the first of the methods that each value has; a container shows all that it holds by `__repr__`."""
    for value in ordered(values):
        if isinstance(value, Instance):
            if method := first_special(frame, value, names):
                frame.machine.call(frame, method, Arguments(), at, "operator")
                continue
        elif isinstance(value, Container) and depth < DEEPEST:
            held = containers.elements(frame, value)
            if value.type == "dict":
                held |= containers.key_values(frame, value)
            show(frame, held, REPR, at, depth + 1)
        if len(values) > 1 and value is not frame.machine.none:
            frame.pass_over(at, "operator", names)


def show_by_directives(frame: Frame, template: str | None, values: Values, at: int) -> None:
    """`template % values`: each directive shows one item of a tuple, or the value itself."""
    directives = None if template is None else [each for each in _DIRECTIVE.findall(template) if each != "%"]
    for value in ordered(values):
        items = [frozenset((value,))]
        if isinstance(value, Container) and value.type in ("tuple", "dict"):
            items = containers.exact(frame, value) or [containers.elements(frame, value)]
        for place, item in enumerate(items):
            known = directives is not None and len(directives) == len(items)
            used = directives[place] if directives is not None and known else "".join(directives or "s")
            if "s" in used:
                show(frame, item, STR, at)
            if "r" in used or "a" in used:
                show(frame, item, REPR, at)
