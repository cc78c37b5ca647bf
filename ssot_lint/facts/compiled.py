"""What no Python compiles though its grammar allows it, as the running Python's own compiler says."""

from __future__ import annotations

import ast
import warnings

# Which comprehensions may be asynchronous differs from version to version; the walk itself knows what none takes.
_BY_VERSION = "asynchronous comprehension"
_TOO_MUCH = (ValueError, OverflowError, MemoryError, RecursionError)


def uncompilable(source: bytes) -> tuple[int, str] | None:
    """The line and what is wrong there; None for what compiles, and for what this Python's own grammar refuses.

    Nothing is run: the text becomes code that is thrown away.
    """
    try:
        _compile(source)
    except SyntaxError as error:
        return (error.lineno or 1, error.msg) if _is_grammatical(source, error) else None
    except _TOO_MUCH:
        return None
    return None


def compiles(source: bytes) -> bool:
    """Whether the running Python takes the file."""
    try:
        _compile(source)
    except (SyntaxError, *_TOO_MUCH):
        return False
    return True


def _compile(source: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(source, "<source>", "exec", dont_inherit=True)


def _is_grammatical(source: bytes, error: SyntaxError) -> bool:
    """Whether it is the meaning that was refused. Newer syntax than the running Python knows is no fault."""
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return not error.msg.startswith(_BY_VERSION)
