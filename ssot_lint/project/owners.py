"""Who owns which file, by `CODEOWNERS`."""

from __future__ import annotations

from pathlib import Path

_PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")


class Owners:
    """The owners of the files below a root, as the first `CODEOWNERS` of its repository says (GitHub's order).

    Without a repository, the root itself is looked into. Raises `OSError` where the file can't be read.
    """

    def __init__(self, root: Path) -> None:
        repository = next((each for each in (root, *root.parents) if (each / ".git").exists()), root)
        self._prefix = root.relative_to(repository)
        self._file = next((repository / place for place in _PLACES if (repository / place).is_file()), None)
        self._rules = None
        if self._file is not None:
            from codeowners import CodeOwners

            self._rules = CodeOwners(self._file.read_text(encoding="utf-8", errors="replace"))

    def of(self, path: str) -> tuple[str, ...]:
        """The owners of a file, by its path relative to the root, in the order in which they are written."""
        if self._rules is None:
            return ()
        return tuple(owner for _, owner in self._rules.of((self._prefix / path).as_posix()))
