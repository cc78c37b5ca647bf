"""A quick look at files that no other stage parses: whether they are Python at all."""

from __future__ import annotations

import symtable
import warnings
from typing import TYPE_CHECKING

from ssot_lint.facts.library import Library
from ssot_lint.project.model import Project

if TYPE_CHECKING:
    from ssot_lint.memory import Memory

_IMPLAUSIBLE = "implausible Python"
# Bytes of files that nothing reaches which are looked at, the smallest first: a second's work for Python's own parser.
_MOST = 4_000_000


def ask_for_implausible(project: Project, library: Library, memory: Memory | None) -> int:
    """Has the library read the files that Python's own parser refuses; the number of those that were too much.

    Python's parser only chooses: it is ten times as fast as LibCST's, but takes no syntax newer than itself. Whether a
    file is unreadable is for the library to say.
    """
    known = library.loaded.keys() | library.unreadable.keys()
    rest = [source for name, source in sorted(project.modules.items()) if name not in known]
    sizes = {source.name: _size(project, source.path) for source in rest}
    left = _MOST
    skipped = 0
    for source in sorted(rest, key=lambda each: (sizes[each.name], each.name)):
        left -= sizes[source.name]
        if left < 0:
            skipped += 1
        elif memory is not None and memory.was_quiet(_IMPLAUSIBLE, source.path):
            continue
        elif not is_plausible(project, source.path):
            library.get(source.name)
        elif memory is not None:
            memory.note_quiet(_IMPLAUSIBLE, source.path)
    return skipped


def _size(project: Project, path: str) -> int:
    try:
        return (project.root / path).stat().st_size
    except OSError:
        return 0


def is_plausible(project: Project, path: str) -> bool | None:
    """Whether Python's own parser takes a file, or may where a package has registered the encoding that it declares.

    None for a file that can't be read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            # The compiler's first steps: they make no tree of Python objects, which is what takes `ast` its time.
            symtable.symtable((project.root / path).read_bytes(), path, "exec")  # type: ignore[arg-type]  # as `compile`
    except SyntaxError as error:
        return str(error).startswith("unknown encoding")
    except OSError:
        return None
    except (ValueError, RecursionError, MemoryError):
        return False
    return True
