"""Applications and filters that an INI file of PasteDeploy names: Pyramid's, OpenStack's and their like.

Format: https://docs.pylonsproject.org/projects/pastedeploy/en/latest/. What such a file names by a distribution
(`use = egg:app`) is declared in the group of the same name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.project.entry_points.search import Mention, Search
from ssot_lint.project.model import EntryPoint
from ssot_lint.project.paths import parent

NEEDLES: tuple[bytes, ...] = ()
FACTORIES = frozenset({
    "paste.app_factory", "paste.composite_factory", "paste.composit_factory", "paste.filter_app_factory",
    "paste.filter_factory",
})  # fmt: skip
_NAMED = re.compile(r"^(paste\.\w+)[ \t]*[=:][ \t]*([\w.]+):([\w.]+)[ \t\r]*$", re.MULTILINE)


def find(search: Search) -> Iterator[EntryPoint]:
    """The factories that a server calls before it serves."""
    for path in search.others:
        if not path.endswith(".ini"):
            continue
        text = search.text_of(path)
        for match in _NAMED.finditer(text):
            factory, name, symbol = match.groups()
            if factory not in FACTORIES:
                continue
            line = text.count("\n", 0, match.start()) + 1
            reason = f"`{factory}` of PasteDeploy"
            search.expect(name, symbol, Mention(path, line, f"`{factory}`"), near=parent(path))
            module = search.module(name, parent(path))
            if module is not None:
                yield EntryPoint(f"{module.name}:{symbol}", "wsgi", "startup", path, line, reason)
