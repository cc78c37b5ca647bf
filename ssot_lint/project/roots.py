"""Finds the source roots: the directories from which the modules of a tree are imported.

Python itself knows no such thing as "the root of a file": it depends on `sys.path` when the program starts. What
decides here is how the files import each other, as their authors ran them; only where no import tells do
conventions stand in.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from ssot_lint.project.paths import directories_above, is_below, is_identifier_path, join, parent

PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg")
SIDE_DIRECTORIES = frozenset({
    "test", "tests", "testing", "docs", "doc", "examples", "example", "samples", "benchmarks", "demo", "demos",
    "fixtures",
})  # fmt: skip
SAMPLED_FILES = 2000  # shared among the groups of files, at least SAMPLED_AT_LEAST of each
SAMPLED_AT_LEAST = 20
SAMPLED_BYTES = 2**14  # of one file: imports stand at the top

# In a text with an empty line before it: a pattern that begins with a plain letter is fast.
_IMPORT = re.compile(
    rb"\n[ \t]*(?:from[ \t]+(\.+|[A-Za-z_][\w.]*)(?:[\w.]*)[ \t]+import\b|import[ \t]+([A-Za-z_][\w.]*))"
)


class Decided(NamedTuple):
    """What was decided of source roots: the packages that are started from inside, and the root of each group.

    It rests on `imported`: what the tops of the sampled files import.
    """

    inside: list[str]
    roots: dict[str, str]
    imported: dict[str, list[str]]


class Memory(Protocol):
    """What an earlier run decided about files of the same names."""

    def recall(self) -> tuple[Decided, Collection[str]] | None:
        """What it decided, and the files that have changed since."""

    def keep(self, decided: Decided) -> None:
        """Keeps what was decided."""


class SourceRoots:
    """The source root of each Python file. Directories are relative POSIX paths, the project's root is empty.

    Files are taken in groups: those that hang together by `__init__.py` files up to the first directory without one
    go by one root. That directory, or one above it that has no `__init__.py` either (they are then namespace
    packages), is the root of the group.
    """

    def __init__(
        self,
        root: Path,
        python: Sequence[str],
        others: Iterable[str],
        given: Sequence[str] = (),
        memory: Memory | None = None,
    ) -> None:
        self._root = root
        self._imported: dict[str, set[str]] = {}
        self._files = frozenset(python)
        self._packages = {parent(path) for path in python if path.endswith("/__init__.py")}
        self._directories = {above for path in python for above in directories_above(path)}
        self._names = {
            path.rpartition("/")[2] for path in (*(path[: -len(".py")] for path in python), *self._directories)
        }
        self._markers = {parent(path) for path in (*python, *others) if path.rpartition("/")[2] in PROJECT_FILES}
        self._given = sorted(given, key=len, reverse=True)
        self._roots: dict[str, str] = {}
        if not given and not self._recall(memory):
            inside = self._started_inside(python)
            self._packages -= inside
            self._roots = self._decide(python)
            if memory is not None:
                imported = {path: sorted(names) for path, names in self._imported.items()}
                memory.keep(Decided(sorted(inside), self._roots, imported))

    def _recall(self, memory: Memory | None) -> bool:
        """Takes what was decided before, if it holds."""
        recalled = memory.recall() if memory is not None else None
        if recalled is None:
            return False
        decided, changed = recalled
        if any(sorted(self._imports(path)) != decided.imported[path] for path in changed if path in decided.imported):
            return False
        self._packages -= set(decided.inside)
        self._roots = decided.roots
        return True

    def of(self, path: str) -> str:
        """The root from which a file of the project is imported."""
        if self._given:
            return next((root for root in self._given if root in directories_above(path)), "")
        return self._roots[self._group(parent(path))]

    @staticmethod
    def rank(root: str) -> tuple[bool, int, str]:
        """The order in which roots are searched: outer ones first, those of tests and examples last."""
        parts = root.split("/")
        return (not SIDE_DIRECTORIES.isdisjoint(parts), len(parts) if root else 0, root)

    def _group(self, directory: str) -> str:
        while directory in self._packages:
            directory = parent(directory)
        return directory

    def _started_inside(self, python: Sequence[str]) -> set[str]:
        """The packages from inside of which programs are started, so that their `__init__.py` means nothing.

        Their modules import each other by names that only that directory holds, several of them, and more often than
        by names that lead through the package, or by relative ones.
        """
        inside: defaultdict[str, Counter[str]] = defaultdict(Counter)
        outside: Counter[str] = Counter()
        for path in self._sample(python):
            names = self._imports(path)
            if not names:
                continue
            around = [directory for directory in directories_above(path) if directory in self._packages]
            candidates = self._candidates(self._group(parent(path)))
            for name in names:
                if name.startswith("."):
                    outside.update(around[: len(name)])
                    continue
                found = [target for root in candidates if (target := self._find(root, name, path)) is not None]
                outside.update(package for package in around if any(is_below(target, package) for target in found))
                for package in around if not found else ():
                    if self._find(package, name, path) is not None:
                        inside[package][name.partition(".")[0]] += 1
        return {
            package for package, names in inside.items() if len(names) > 1 and sum(names.values()) > outside[package]
        }

    def _decide(self, python: Sequence[str]) -> dict[str, str]:
        groups = sorted(directory for directory in self._directories if directory not in self._packages)
        if groups == [""]:
            return {"": ""}
        votes = self._votes(python)
        roots = {"": ""}
        told: set[str] = set()
        for group in groups[1:]:
            candidates = self._candidates(group)
            counts = {root: votes[group][root] for root in candidates if votes[group][root]}
            if counts:
                told.add(group)
                roots[group] = max(counts, key=lambda root: (counts[root], -len(root)))
            else:
                roots[group] = self._default(group, roots, told)
        return roots

    def _default(self, group: str, roots: dict[str, str], told: set[str]) -> str:
        """The root of a group that no import tells about: by convention, else that of the directory around it."""
        around = parent(group)
        if _is_src(group) or group in self._markers:
            return group
        holds_packages = any(parent(package) == group for package in self._packages)
        in_package = not self._packages.isdisjoint(directories_above(group))  # then it is one without `__init__.py`
        is_free = not in_package and self._group(around) not in told and not _is_src(around)
        if holds_packages and is_free and SIDE_DIRECTORIES.isdisjoint(group.split("/")):
            return group
        return roots[self._group(around)]

    def _candidates(self, group: str) -> list[str]:
        """The directories that may be the root of a group, innermost first."""
        above = (group, *directories_above(group)) if group else ("",)
        return [
            root
            for root in above
            if root not in self._packages and (root == group or is_identifier_path(group[len(root) :].lstrip("/")))
        ]

    def _votes(self, python: Sequence[str]) -> defaultdict[str, Counter[str]]:
        """For each group, how many imports are found from which root.

        An import speaks for the group of the file that has it, for the group of the file that it finds, and, more
        faintly, for the groups around them that have no files of their own.
        """
        votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for path in self._sample(python):
            group = self._group(parent(path))
            candidates = self._candidates(group)
            for name in self._imports(path):
                for root in candidates if not name.startswith(".") else ():
                    found = self._find(root, name, path)
                    if found is not None:
                        for about in {group, self._group(found)}:
                            votes[about][root] += 1
        for group in sorted(votes, key=len, reverse=True):
            around = self._group(parent(group))
            if group and around not in votes:
                votes[around].update(votes[group])
        return votes

    def _sample(self, python: Sequence[str]) -> Iterator[str]:
        """The files to look into: of each group some, evenly spread."""
        members: defaultdict[str, list[str]] = defaultdict(list)
        for path in python:
            members[self._group(parent(path))].append(path)
        share = max(SAMPLED_FILES // max(len(members), 1), SAMPLED_AT_LEAST)
        for paths in members.values():
            yield from paths[:: -(-len(paths) // share)]

    def _find(self, root: str, name: str, importer: str) -> str | None:
        """The directory that a dotted name leads into from a root; None if it leads to nothing, or proves nothing.

        A file that imports its own bare name means another one: `redis.py` with `import redis`.
        """
        target = join(root, name.rstrip(".").replace(".", "/"))
        if f"{target}.py" in self._files:
            return parent(target) if f"{target}.py" != importer else None
        is_bare = "." not in name
        if target in self._packages:
            return target if not (is_bare and importer.startswith(f"{target}/")) else None
        return target if target in self._directories and not is_bare else None

    def _imports(self, path: str) -> set[str]:
        """The dotted names that the top of a file imports, of relative ones the dots.

        The standard library is left out, and what begins with the name of no file or directory of the project.
        """
        if path not in self._imported:
            try:
                with open(f"{self._root}/{path}", "rb") as stream:  # noqa: PTH123 - a Path for each file is too slow
                    found = set(_IMPORT.findall(b"\n" + stream.read(SAMPLED_BYTES)))
            except OSError:  # the file is told of where it is read as a whole
                found = set()
            names = {(before or after).decode("ascii") for before, after in found}
            self._imported[path] = {name for name in names if self._may_be_found(name.partition(".")[0])}
        return self._imported[path]

    def _may_be_found(self, top: str) -> bool:
        return not top or (top in self._names and top not in sys.stdlib_module_names)


def _is_src(directory: str) -> bool:
    return directory.rpartition("/")[2] == "src"
