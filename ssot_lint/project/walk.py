"""Walks a directory tree, leaving out what git ignores and what is never part of a project's own code."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from ssot_lint.files import exists
from ssot_lint.project.ignore import IgnoreRules, Patterns, outer_patterns, read_patterns

SKIPPED = frozenset({
    ".git", ".hg", ".svn", ".bzr", "_darcs", "CVS", ".jj", "node_modules", "bower_components", "__pycache__",
    "site-packages", "dist-packages", ".tox", ".nox", ".eggs", ".mypy_cache", ".ruff_cache", ".pytest_cache",
    ".hypothesis", ".pytype", ".cache", ".ipynb_checkpoints", ".terraform", "__pypackages__", ".pixi",
    ".idea", ".vscode",
})  # fmt: skip
VIRTUAL_ENVIRONMENT = frozenset({"pyvenv.cfg", "conda-meta"})


def walk(
    root: Path, exclude: Sequence[str], warnings: list[str], left_out: list[str]
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file of the tree, with its POSIX path relative to `root`, which must be absolute.

    What can't be listed, or has a name that is no Unicode, is left out and told in `warnings`. What ignore
    rules take goes to `left_out` if it might be a module. A link to a directory is followed if it leads neither out of
    the root, nor back up, nor through another link, so the walk always ends.
    """
    return _Walk(root, warnings, left_out).files(IgnoreRules(outer_patterns(root, warnings), Patterns(exclude)))


class _Walk:
    def __init__(self, root: Path, warnings: list[str], left_out: list[str]) -> None:
        self._root = root
        self._real_root = Path(os.path.realpath(root))
        self._warnings = warnings
        self._left_out = left_out

    def files(self, rules: IgnoreRules) -> Iterator[tuple[str, os.DirEntry[str]]]:
        pending = [(str(self._root), "", rules, False)]
        while pending:
            directory, base, rules, linked = pending.pop()
            entries = self._entries(directory, base)
            if entries is None:
                continue
            if any(entry.name == ".gitignore" for entry in entries):
                patterns = read_patterns(Path(directory, ".gitignore"), self._warnings, inside=base)
                rules = rules.inside(patterns) if patterns is not None else rules
            for entry in entries:
                path = base + entry.name
                is_link = entry.is_symlink()
                if is_link and (linked or not self._stays_inside(entry)):
                    self._left_out.append(path)
                elif not entry.is_dir():
                    if entry.is_file() and not rules.ignores(path):
                        yield path, entry
                    elif entry.name.partition(".")[0].isidentifier():
                        self._left_out.append(path)
                elif entry.name in SKIPPED:
                    continue
                elif rules.ignores(path + "/"):
                    self._left_out.append(path)
                else:
                    pending.append((entry.path, path + "/", rules, linked or is_link))

    def _entries(self, directory: str, base: str) -> list[os.DirEntry[str]] | None:
        """What a directory holds, sorted; None if it can't be listed, or is a virtual environment."""
        try:
            with os.scandir(directory) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            self._warnings.append(f"{base or '.'}: can't be listed ({error.strerror}); nothing in it is analysed")
            return None
        if base and any(entry.name in VIRTUAL_ENVIRONMENT for entry in entries):
            return None
        return [entry for entry in entries if self._is_readable_name(entry, base)]

    def _is_readable_name(self, entry: os.DirEntry[str], base: str) -> bool:
        try:
            entry.name.encode()
        except UnicodeEncodeError:
            self._warnings.append(f"{base}{entry.name.encode('utf-8', 'backslashreplace').decode()}: no Unicode name")
            return False
        return True

    def _stays_inside(self, link: os.DirEntry[str]) -> bool:
        """Whether a link leads to something in the root that is not above the link itself."""
        target = Path(os.path.realpath(link.path))
        place = Path(os.path.realpath(Path(link.path).parent))
        return target.is_relative_to(self._real_root) and not place.is_relative_to(target) and exists(target)
