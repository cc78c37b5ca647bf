"""Modules that are run as scripts.

`pkg/__main__.py` always counts. A module with `if __name__ == "__main__"` counts where people start programs from: at
the project's root, and in a directory that is built or installed by itself. Elsewhere such a guard is mostly a
leftover of development, unless a command line names the module.
"""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.project.entry_points.search import Search
from ssot_lint.project.model import EntryPoint
from ssot_lint.project.paths import parent

NEEDLES = (b"__main__",)
BUILT_BY = frozenset({"Dockerfile", "Procfile", "pyproject.toml", "requirements.txt", "setup.cfg"})


def find(search: Search) -> Iterator[EntryPoint]:
    """The scripts, to be run with `__name__ == "__main__"`."""
    for source in search.sources:
        if _is_main(source.path):
            yield EntryPoint(source.name, "main", "import", source.path, 1, "`__main__` module", as_main=True)
    starts = {parent(path) for path in search.others if path.rpartition("/")[2] in BUILT_BY} | {""}
    reason = "`__main__` guard where the project is started from"
    for source in search.containing(*NEEDLES):
        path = source.path
        if parent(path) in starts and not _is_main(path) and not path.endswith("setup.py"):
            view = search.view(source.name)
            if view and view.main_guard:
                yield EntryPoint(view.name, "main", "import", path, view.main_line, reason, as_main=True)


def _is_main(path: str) -> bool:
    return path.rpartition("/")[2] == "__main__.py"
