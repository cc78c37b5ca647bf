"""What a person can mend: bad configuration, bad usage. Its text is the one line that they read."""

from __future__ import annotations

from collections.abc import Iterable


class SsotLintError(Exception):
    """The run can't go on, and its text says in one line why and what to do. Ends the process with status 2."""


class ConfigurationError(SsotLintError):
    """A configuration file, or a file that it names, says something that can't be done.

    `where` is `file:line`, or the file alone where no line is to blame.
    """

    def __init__(self, where: str, message: str) -> None:
        super().__init__(f"{where}: {message}")


class UsageError(SsotLintError):
    """The command line says something that can't be done."""


class DamagedCacheError(SsotLintError):
    """The cache gave back what this tool has not put into it."""

    def __init__(self) -> None:
        super().__init__("the cache is damaged; remove it with `ssot-lint clean`")


class ChangedFileError(SsotLintError):
    """A file changed between two looks at it in one run."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path}: the file changed while it was analysed; run ssot-lint again")


def nearest(word: str, words: Iterable[str]) -> str:
    """What to say of a word that is none of `words`: the one that was meant, or all that there are."""
    import difflib

    known = sorted(words)
    close = difflib.get_close_matches(word, known, n=1)
    return f"did you mean `{close[0]}`?" if close else f"known are {', '.join(f'`{name}`' for name in known)}"
