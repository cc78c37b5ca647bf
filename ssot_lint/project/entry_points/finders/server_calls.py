"""Servers that code starts with the application's name in a literal: `uvicorn.run("pkg.mod:app")`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.facts.model import Const
from ssot_lint.findings import Phase
from ssot_lint.project.entry_points.search import Search
from ssot_lint.project.entry_points.view import keyword, text_of
from ssot_lint.project.model import EntryPoint
from ssot_lint.project.paths import parent

NEEDLES = (b"uvicorn", b"granian", b"Granian")
STARTS = frozenset({"uvicorn.run", "uvicorn.Config", "granian.Granian", "granian.server.Granian"})
_TARGET = re.compile(r"([A-Za-z_][\w.]*):([A-Za-z_][\w.]*)")


def find(search: Search) -> Iterator[EntryPoint]:
    """The modules that such a call names, and with `factory=True` the factory."""
    for view in search.views(*NEEDLES):
        for scope, call in view.calls:
            starter = view.origin(call.function, scope)
            named = [*call.arguments[:1], keyword(call, "app"), keyword(call, "target")]
            match = next(filter(None, (_TARGET.fullmatch(text_of(value)) for value in named)), None)
            module = search.module(match[1], parent(view.source.path)) if match and starter in STARTS else None
            if match and module:
                told = keyword(call, "factory")
                is_told = isinstance(told, Const) and told.value is True
                is_factory = is_told or search.is_factory(module.name, match[2])
                spec = f"{module.name}:{match[2]}" if is_factory else module.name
                reason = f'`{starter}("{match[0]}")` in {view.name}'
                line = view.line_of_text(match[0])
                phase: Phase = "startup" if is_factory else "import"
                yield EntryPoint(spec, "asgi", phase, view.source.path, line, reason, is_bare=is_factory)
