"""Why a source can't be read, in one line that helps."""

from __future__ import annotations

import ast
import re
import tokenize
import warnings
from io import BytesIO

from ssot_lint.facts.deep import TOO_DEEP
from ssot_lint.facts.model import Unreadable

_MERGE_MARKER = re.compile(rb"^(?:<{7}|>{7}|\|{7})(?: .*)?\r?$", re.MULTILINE)
_POSITION = re.compile(r"error at (\d+):\d+")


def undecodable(source: bytes) -> Unreadable | None:
    """Why the bytes are not a text, or None if they are."""
    try:
        encoding, _ = tokenize.detect_encoding(BytesIO(source).readline)
        source.decode(encoding)
    except UnicodeDecodeError as error:
        return Unreadable(_line(source, error.start), f"not valid {error.encoding}: {error.reason}")
    except (SyntaxError, LookupError) as error:
        try:
            source.decode()
        except UnicodeDecodeError as invalid:
            return Unreadable(_line(source, invalid.start), "not valid utf-8, and no other encoding is declared")
        return Unreadable(1, str(error))
    if (null := source.find(b"\0")) >= 0:
        return Unreadable(_line(source, null), "the file holds null bytes")
    return None


def refusal(source: bytes) -> Unreadable | None:
    """Why the running Python's own parser refuses the source, or None if it takes it."""
    if marker := _MERGE_MARKER.search(source):
        return Unreadable(_line(source, marker.start()), "an unresolved merge conflict")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except SyntaxError as error:
        return Unreadable(max(error.lineno or 1, 1), error.msg)
    except (RecursionError, MemoryError, ValueError):
        return Unreadable(1, TOO_DEEP)
    return None


def unparsable(source: bytes, message: str) -> Unreadable:
    """Why LibCST could not parse the source; `message` is what it says itself, for what only it refuses."""
    position = _POSITION.search(message)
    return refusal(source) or Unreadable(int(position.group(1)) if position else 1, "invalid syntax")


def _line(source: bytes, offset: int) -> int:
    before = source[:offset].replace(b"\r\n", b"\n")
    return before.count(b"\n") + before.count(b"\r") + 1
