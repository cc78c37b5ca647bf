"""Entry points that a person names: `pkg.mod`, `pkg.mod:func`, `pkg.mod:Class.method`, with `*` and `?`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Sequence

from ssot_lint.errors import SsotLintError
from ssot_lint.facts.model import ImportFrom, Scope
from ssot_lint.project.entry_points.search import Library, Search
from ssot_lint.project.entry_points.view import View, statements
from ssot_lint.project.model import EntryPoint, Project


class EntryPointError(SsotLintError):
    """An entry point that matches nothing in the project."""


def configured_entry_points(project: Project, library: Library, specs: Sequence[str]) -> list[EntryPoint]:
    """What the specs name, sorted, each once. Raises `EntryPointError` for a spec that matches nothing.

    `*` and `?` are matched over the whole name, dots included. A module is imported, and what stands after the colon
    is then called, which is startup.
    """
    search = Search(project, library)
    found: dict[str, EntryPoint] = {}
    for spec in specs:
        points = list(_matches(search, spec))
        if not points:
            raise EntryPointError(f"entry point `{spec}` matches nothing in the project{_suggestion(search, spec)}")
        for point in points:
            found.setdefault(point.spec, point)
    return [found[spec] for spec in sorted(found)]


def _matches(search: Search, spec: str) -> Iterator[EntryPoint]:
    module, colon, symbol = spec.partition(":")
    reason = f"configured as `{spec}`"
    for name in _matching(module, search.project.modules):
        source = search.project.modules[name]
        as_main = source.path.rpartition("/")[2] == "__main__.py"
        if not colon:
            yield EntryPoint(name, "configured", "import", source.path, 1, reason, as_main)
            continue
        view = search.view(name)
        if view is None:
            continue
        for qualname in _called(view, symbol):
            line = view.line_of(qualname)
            yield EntryPoint(f"{name}:{qualname}", "configured", "startup", source.path, line, reason, as_main)


def _called(view: View, symbol: str) -> list[str]:
    found = _matching(symbol, _callables(view))
    return found or ([symbol] if not _is_glob(symbol) and _binds(view, symbol) else [])


def _is_glob(text: str) -> bool:
    return "*" in text or "?" in text


def _matching(pattern: str, names: Collection[str]) -> list[str]:
    if not _is_glob(pattern):
        return [pattern] if pattern in names else []
    expression = re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."))
    return [name for name in names if expression.fullmatch(name)]


def _callables(view: View) -> list[str]:
    """The functions and methods of a module, without those that are made inside of functions."""
    scopes = view.facts.scopes
    return [s.qualname for s in view.scopes("function") if _is_outside_functions(scopes, s.parent)]


def _is_outside_functions(scopes: Sequence[Scope], index: int) -> bool:
    while scopes[index].kind == "class":
        index = scopes[index].parent
    return scopes[index].kind == "module"


def _binds(view: View, symbol: str) -> bool:
    """Whether a name may exist in a module by other ways: a class, an import, an assigned object."""
    head = symbol.partition(".")[0]
    stars = (s for s in statements(view.body.body) if isinstance(s, ImportFrom) and s.names[0][0] == "*")
    return head in view.body.bound or any(stars)


def _suggestion(search: Search, spec: str) -> str:
    module, colon, symbol = spec.partition(":")
    known = list(search.project.modules)
    view = search.view(module) if colon else None
    if view is not None:
        near = difflib.get_close_matches(symbol, [*_callables(view), *view.body.bound], n=1)
        return f"; did you mean `{module}:{near[0]}`?" if near else ""
    near = difflib.get_close_matches(module, known, n=1, cutoff=0.5)
    return f"; did you mean `{near[0]}{colon}{symbol}`?" if near else ""
