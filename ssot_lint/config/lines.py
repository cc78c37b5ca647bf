"""On which line of a TOML file a key stands, which TOML parsers don't say.

A statement of TOML (a table header, or a key with its value) is itself a document. So the file is cut, line by line,
into the shortest pieces that tomli accepts, and each piece says by itself which keys it sets; all that is left to work
out is which table they belong to.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import tomli

KeyPath: TypeAlias = tuple[str | int, ...]


def key_lines(text: str) -> dict[KeyPath, int]:
    """The 1-based line of every key, table and array element of a valid TOML document.

    Paths hold keys and indices, such as `("contracts", 1, "phases", 0)`. What stands in an array inside an array has
    the line on which the inner one starts.
    """
    lines: dict[KeyPath, int] = {}
    tables: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for number, piece, document in _pieces(text):
        if piece.startswith("["):
            table = _table(document, tables)
            paths = [table]
        else:
            paths = [table + path for path in _paths(document)]
        for path in paths:
            for length in range(1, len(path) + 1):
                lines.setdefault(path[:length], number)
    return lines


def _pieces(text: str) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Each statement, preceded by what it says so far where it is an array over many lines.

    Gives (line on which the newest of it stands, text, what it says).
    """
    piece, number = "", 1
    for end, line in enumerate(text.split("\n"), 1):
        piece += line + "\n"
        document = _parse(piece)
        if document is not None:
            yield number, piece.lstrip(), document
            piece, number = "", end + 1
        elif (document := _parse(piece + "]")) is not None:
            yield number, piece.lstrip(), document
            number = end + 1


def _parse(text: str) -> dict[str, Any] | None:
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError:
        return None


def _table(header: dict[str, Any], tables: dict[KeyPath, int]) -> KeyPath:
    """The path of the table that a header opens. `tables` counts the tables of each array of tables so far."""
    path: KeyPath = ()
    node: Any = header
    while node:
        key, node = next(iter(node.items()))
        path += (key,)
        if isinstance(node, list):
            tables[path] = tables.get(path, 0) + 1
            node = node[0]
        if path in tables:
            path += (tables[path] - 1,)
    return path


def _paths(value: object) -> Iterator[KeyPath]:
    """The paths of a value and of all that it holds, outermost first."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (key,)
        for path in _paths(item):
            yield (key, *path)
