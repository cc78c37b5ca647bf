"""SSOT116."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from ssot_lint.callgraph.graph import Node, named
from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.newer_types import newer_types
from ssot_lint.checks.plausible import is_plausible
from ssot_lint.checks.reached import ASIDE, Reached, Start
from ssot_lint.checks.target import Target, Version, evaluates_late, targets
from ssot_lint.facts.model import Syntax
from ssot_lint.findings import Hop, Level, Span, Violation

# `module` is a package that stands in where no entry point is found: it may be none.
_ASIDE = ASIDE | {"module"}
_EVALUATES_TYPES: Version = (3, 10)


class Rule:
    """A module that is imported has syntax that the target Python can't compile.

    ## What it does

    Takes the oldest Python that the project says it runs on: `FROM python:3.x` in a Dockerfile, `.python-version`,
    `requires-python`. Reports newer syntax in the modules that the start imports: `match` (3.10), `except*` (3.11),
    `type` statements, type parameters and f-strings that reuse their quotes (3.12), defaults of type parameters (3.13),
    t-strings and `except` without parentheses (3.14); and types that such a Python can't evaluate: `list[int]` and
    `asyncio.Queue[int]` (3.9), `int | None` (3.10; a warning for `requires-python` alone), but for annotations under
    `from __future__ import annotations`. Also what no Python takes: `await`, `async with` and `async for` outside an
    `async` function, `return` and `yield` outside a function, and what the compiler refuses though the grammar allows
    it: an argument or a keyword given twice, `global` after use, `break` outside a loop; and modules that are no Python
    at all, such as one with a wrong indentation.

    Where images or `.python-version` name a newer Python than `requires-python` promises, what the promise alone
    forbids is a warning. Modules that are imported only behind a test of the version are left alone.

    ## Why is this bad?

    The module is a `SyntaxError` on that Python: the program ends at its import.

    ## Example

    ```python
    # requires-python = ">=3.10"
    type Size = tuple[int, int]
    ```

    ## Fix

    Write it as the target takes it, or raise the target.

    ## Options

    `--all-phases` also reports modules that are imported later, and those that nothing imports.
    """

    code = "SSOT116"
    name = "unsupported-syntax"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """A violation for the first piece of each kind of syntax in a module."""
        start = Start(context, self.code, SyntaxError)
        yield from _broken(start)
        found = targets(context.project)
        yield from _newer(start, found, lambda body: body.activation.code.module.facts.syntax)
        if any(target.version < _EVALUATES_TYPES for target in found):
            evaluating = Start(context, self.code, TypeError)
            lazy = evaluates_late(context.project)
            for each in _newer(evaluating, found, lambda body: newer_types(evaluating, body, lazy=lazy)):
                # Many promises are older than the code, and types are written where nobody thinks of versions.
                yield each if any(target.runs for target in found) else replace(each, level="warning")


def _newer(start: Start, found: list[Target], needing: Callable[[Node], Iterable[Syntax]]) -> Iterator[Violation]:
    """What the targets don't take, of what not every Python takes in the body of a module."""
    for node in start.bodies():
        path = start.context.project.modules[node.module].path
        for syntax in needing(node):
            place = Reached(node, syntax.at, 0)
            refused = _refused(syntax, [target for target in found if target.speaks_of(start.context.project, path)])
            if refused is not None and start.ends_it(place):
                yield start.violation(place, *refused)


def _broken(start: Start) -> Iterator[Violation]:
    """Modules that the start imports, and that neither this nor any other Python can parse."""
    context = start.context
    first: dict[str, Reached] = {}
    for place, each in start.missing("broken"):
        known = first.get(each.name)
        if not start.is_guarded(place.node, place.at) and (known is None or place.rank < known.rank):
            first[each.name] = place
    for module, place in first.items():
        if start.ends_it(place) and (found := _of_broken(context, module)) is not None:
            violation = start.violation(place, found.message)
            step = Hop(place.node.symbol, module, "import", place.certainty, place.site)
            yield replace(violation, place=found.place, function=module, chain=(*violation.chain, step))
    for entry in {each.module: each for each in context.entry_points if each.kind not in _ASIDE}.values():
        if entry.module not in first and (found := _of_broken(context, entry.module)) is not None:
            yield replace(found, entry=named(entry))


def _of_broken(context: CheckContext, module: str) -> Violation | None:
    """What is said of a module that is no Python."""
    unreadable = context.library.unreadable.get(module)
    path = context.project.modules[module].path if unreadable is not None else ""
    if unreadable is None or is_plausible(context.project, path) is not False:
        return None
    message = f"`{module}` can't be compiled: {unreadable.message}"
    place = Span(path, unreadable.line, 1, unreadable.line, 1)
    return Violation(Rule.code, Rule.level, message, place, phase="import", function=module)


def _refused(syntax: Syntax, found: list[Target]) -> tuple[str, Level] | None:
    """What is wrong with a piece of syntax, and how bad that is; None where every target takes it."""
    if not syntax.since:
        return syntax.what, "error"
    refusing = [target for target in found if target.version < _version(syntax.since)]
    if not refusing:
        return None
    runs_there = any(target.runs for target in refusing) or not any(target.runs for target in found)
    target = next((each for each in refusing if each.runs), refusing[0])
    where = f"{target.where} has Python {target.version[0]}.{target.version[1]}"
    return f"{syntax.what} needs Python {syntax.since}, and {where}", "error" if runs_there else "warning"


def _version(text: str) -> Version:
    major, _, minor = text.partition(".")
    return int(major), int(minor)
