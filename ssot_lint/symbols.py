"""Finds what a person names on the command line among the qualified names of a graph."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from ssot_lint.checks.contracts import matches
from ssot_lint.errors import UsageError


def matching(glob: str, names: Collection[str]) -> frozenset[str]:
    """The names that fit a glob; a class's name stands for its `__init__`. Raises `UsageError` where none does."""
    found = frozenset(name for name in names if matches(name, [glob]))
    if not found:
        raise UsageError(f"nothing in the call graph is named `{glob}`{_suggestion(glob, names)}")
    return found


def _suggestion(glob: str, names: Collection[str]) -> str:
    """The name that was meant: one that ends so, else one that is spelt alike, in its last part where that is all."""
    known = {name if "." in glob else name.rpartition(".")[2]: name for name in sorted(names)}
    ending = min((name for name in names if name.endswith(f".{glob}")), key=lambda name: (len(name), name), default="")
    close = [ending] if ending else [known[each] for each in difflib.get_close_matches(glob, known, n=1)]
    return f"; did you mean `{close[0]}`?" if close else ""
