"""Finds the files of a project, and the dotted names by which its modules import each other."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from ssot_lint.project.listing import Listing, list_files
from ssot_lint.project.model import Project, Source
from ssot_lint.project.roots import Memory, SourceRoots

_NO_NAMES: frozenset[str] = frozenset()


def discover(
    root: Path,
    *,
    source_roots: Sequence[str] = (),
    exclude: Sequence[str] = (),
    listing: Listing | None = None,
    memory: Memory | None = None,
) -> Project:
    """The project below `root`.

    `source_roots` are directories relative to `root` from which modules are imported; without any they are found
    from the tree. `exclude` are gitignore patterns, beside what the `.gitignore` files name; a `listing` that was made
    with them already is taken as it is. `memory` is what earlier runs knew of the roots. What could not be read is told
    in `Project.warnings`. Raises `NotADirectoryError` if `root` or a source root is no directory.
    """
    for directory in [root, *(root / given for given in source_roots)]:
        if not directory.is_dir():
            raise NotADirectoryError(f"{directory} is not a directory")
    root = root.absolute()
    listing = listing or list_files(root, exclude=exclude)
    python = sorted(listing.python)
    roots = SourceRoots(root, python, list(listing.others), [_normal(given) for given in source_roots], memory)
    modules = _name_modules(python, roots)
    used = sorted({roots.of(source.path) for source in modules.values()} or {""}, key=roots.rank)
    return Project(
        root=root,
        roots=tuple(path or "." for path in used),
        modules={name: modules[name] for name in sorted(modules)},
        namespaces=frozenset(_parents(modules) - modules.keys()),
        others=tuple(sorted(listing.others)),
        warnings=listing.warnings,
    )


def _normal(path: str) -> str:
    """A directory as the rest of this package writes it: POSIX, relative, the root itself empty."""
    normal = posixpath.normpath(Path(path).as_posix())
    return "" if normal == "." else normal


def _name_modules(python: Collection[str], roots: SourceRoots) -> dict[str, Source]:
    """Modules by dotted name. Of several files for a name the one that Python would take has it.

    That is the one of the first root, and a package before a module. Where two roots hold a top-level package or
    module of one name, all that is below it in the later root is named from the project's root. What still has no
    name of its own gets its path: it stays in the listing, and importing by name finds the first.
    """
    modules: dict[str, Source] = {}
    order = sorted(python, key=lambda path: (roots.rank(roots.of(path)), not _is_init(path), path))
    clashes = _clashes(order, roots)
    for path in order:
        root = roots.of(path)
        prefixed = clashes.get(root, _NO_NAMES)
        names = [dotted_name(path, root), dotted_name(path, ""), path]
        # `__init__`: the root is a package that is started from inside
        if (names[0] == "__init__" and root) or names[0].partition(".")[0] in prefixed:
            names.pop(0)
        name = next(name for name in names if name not in modules or name == path)
        prefix = root.replace("/", ".") if prefixed else ""
        modules[name] = Source(name, path, _is_init(path) and name != "__init__", prefix, prefixed)
    return modules


def _clashes(order: Sequence[str], roots: SourceRoots) -> dict[str, frozenset[str]]:
    """For each root the top-level names that an earlier root has too, unless both hold parts of a namespace package."""
    owners: dict[str, tuple[str, bool]] = {}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path in order:
        root = roots.of(path)
        name = dotted_name(path, root)
        top = name.partition(".")[0]
        owner, is_regular = owners.setdefault(top, (root, name == top))
        if owner != root and (is_regular or name == top):
            found[root].add(top)
    return {root: frozenset(names - {"__init__"}) for root, names in found.items()}


def _is_init(path: str) -> bool:
    return path == "__init__.py" or path.endswith("/__init__.py")


def dotted_name(path: str, root: str) -> str:
    """The module name of a file seen from a source root: `src/app/__init__.py` in `src` is `app`."""
    parts = path[len(root) :].lstrip("/")[: -len(".py")].split("/")
    if parts[-1] == "__init__" and len(parts) > 1:
        parts.pop()
    return ".".join(parts)


def _parents(names: Iterable[str]) -> set[str]:
    """All dotted prefixes of the names."""
    found: set[str] = set()
    for name in names:
        parent = name.rpartition(".")[0]
        while parent and parent not in found:
            found.add(parent)
            parent = parent.rpartition(".")[0]
    return found
