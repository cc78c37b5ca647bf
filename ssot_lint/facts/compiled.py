"""What no Python compiles though its grammar allows it, as the running Python's own compiler says."""

from __future__ import annotations

import ast
import warnings

# Which comprehensions may be asynchronous differs from version to version; the walk itself knows what none takes.
_BY_VERSION = "asynchronous comprehension"


def uncompilable(source: bytes) -> tuple[int, str] | None:
    """The line and what is wrong there; None for what compiles, and for what this Python's own grammar refuses.

    Nothing is run: the text becomes code that is thrown away.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(source, "<source>", "exec", dont_inherit=True)
        except SyntaxError as error:
            return (error.lineno or 1, error.msg) if _is_grammatical(source, error) else None
        except (ValueError, OverflowError, MemoryError):
            return None
    return None


def _is_grammatical(source: bytes, error: SyntaxError) -> bool:
    """Whether it is the meaning that was refused. Newer syntax than the running Python knows is no fault."""
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return not error.msg.startswith(_BY_VERSION)
