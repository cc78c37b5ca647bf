"""Which files git would ignore: `.gitignore` at every level, and the user's own `exclude` patterns.

The language is git's (https://git-scm.com/docs/gitignore), read by `pathspec`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pathspec import GitIgnoreSpec

_ANYWHERE = "^(?:.+/)?"


class Patterns:
    """The patterns of one place, asked about paths relative to the project's root.

    `inside` is the place, if it is in the root; `above` the way from the place to the root, if it is above. Both are
    POSIX, empty or ending in a slash.
    """

    def __init__(self, lines: Iterable[str], *, inside: str = "", above: str = "") -> None:
        self._inside = inside
        self._above = above
        self._spec = GitIgnoreSpec.from_lines(lines)
        self._hint = _any_of([p.regex.pattern for p in self._spec.patterns if p.regex is not None])

    def ignores(self, path: str) -> bool | None:
        """Whether `path` (a directory's ends in a slash) is ignored; None where no pattern speaks of it."""
        seen = self._above + path[len(self._inside) :]
        if self._hint is None or not self._hint.match(seen):
            return None
        return self._spec.check_file(seen).include


def _any_of(patterns: list[str]) -> re.Pattern[str] | None:
    """One expression that matches whatever one of the patterns does.

    Most paths match no pattern at all. Asking that once, with the prefix that nearly all patterns share tried once,
    is ten times faster than asking each pattern.
    """
    plain = [re.sub(r"\(\?P<\w+>", "(?:", pattern) for pattern in patterns]
    anywhere = [pattern[len(_ANYWHERE) :] for pattern in plain if pattern.startswith(_ANYWHERE)]
    rest = [pattern for pattern in plain if not pattern.startswith(_ANYWHERE)]
    if anywhere:
        rest.append(f"{_ANYWHERE}(?:{'|'.join(anywhere)})")
    return re.compile("|".join(rest), re.DOTALL) if rest else None


class IgnoreRules:
    """The patterns that hold in a directory. `exclude` decides first, then the innermost `.gitignore`."""

    def __init__(self, levels: tuple[Patterns, ...] = (), exclude: Patterns | None = None) -> None:
        self._levels = levels
        self._exclude = exclude

    def inside(self, patterns: Patterns) -> IgnoreRules:
        """These rules, and those of a `.gitignore` further in."""
        return IgnoreRules((patterns, *self._levels), self._exclude)

    def ignores(self, path: str) -> bool:
        """Whether a path relative to the root is left out. Ask top-down: what is in an ignored directory is too."""
        if self._exclude is not None and self._exclude.ignores(path):
            return True
        for level in self._levels:
            decided = level.ignores(path)
            if decided is not None:
                return decided
        return False


def read_patterns(file: Path, warnings: list[str], *, inside: str = "", above: str = "") -> Patterns | None:
    """The patterns of a `.gitignore`; None, and a warning, if it can't be read. Lines git can't take are left out."""
    try:
        lines = file.read_bytes().decode("utf-8-sig", "replace").splitlines()
    except OSError as error:
        warnings.append(f"{inside}.gitignore: can't be read ({error.strerror}); nothing that it names is left out")
        return None
    good = [line for line in lines if is_pattern(line)]
    if len(good) < len(lines):
        warnings.append(f"{inside}.gitignore: {len(lines) - len(good)} invalid pattern(s) not used")
    return Patterns(good, inside=inside, above=above)


def is_pattern(line: str) -> bool:
    """Whether a line can be a pattern of a `.gitignore`."""
    try:
        GitIgnoreSpec.from_lines([line])
    except (ValueError, re.error):
        return False
    return True


def outer_patterns(root: Path, warnings: list[str]) -> tuple[Patterns, ...]:
    """The `.gitignore` files between `root` and the top of its git repository, innermost first.

    None of them if they ignore `root` itself: who asks about an ignored directory means it.
    """
    if (root / ".git").exists():
        return ()
    found: list[Patterns] = []
    for directory in root.parents:
        if (directory / ".gitignore").is_file():
            above = root.relative_to(directory).as_posix() + "/"
            patterns = read_patterns(directory / ".gitignore", warnings, above=above)
            if patterns is not None:
                found.append(patterns)
        if (directory / ".git").exists():
            rules = IgnoreRules(tuple(found))
            return () if rules.ignores("") else tuple(found)
    return ()
