"""What a person can mend: bad configuration, bad usage. Its text is the one line that they read."""

from __future__ import annotations


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
