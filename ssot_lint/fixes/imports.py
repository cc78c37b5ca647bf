"""Changing the names of a `from … import …` statement, its layout and comments kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import libcst as cst


def with_names(statement: cst.ImportFrom, names: Mapping[cst.ImportAlias, tuple[str, bool]]) -> cst.ImportFrom:
    """The statement with new names, each (name, whether it replaces the old one or stands before it) by old alias."""
    if isinstance(statement.names, cst.ImportStar):
        return statement
    return statement.with_changes(names=tuple(_aliases(statement, statement.names, names)))


def _aliases(
    statement: cst.ImportFrom,
    aliases: Sequence[cst.ImportAlias],
    names: Mapping[cst.ImportAlias, tuple[str, bool]],
) -> Iterator[cst.ImportAlias]:
    for alias in aliases:
        name, replaces = names.get(alias, ("", False))
        if name and replaces:
            yield alias.with_changes(name=cst.Name(name), asname=None)
            continue
        if name:
            yield cst.ImportAlias(cst.Name(name), comma=cst.Comma(whitespace_after=_gap(statement)))
        yield alias


def _gap(statement: cst.ImportFrom) -> cst.BaseParenthesizableWhitespace:
    """What stands between two names: a line break where the names begin on a line of their own, else a space."""
    opening = statement.lpar.whitespace_after if statement.lpar else None
    if isinstance(opening, cst.ParenthesizedWhitespace):
        return cst.ParenthesizedWhitespace(
            cst.TrailingWhitespace(newline=opening.first_line.newline),
            indent=opening.indent,
            last_line=opening.last_line,
        )
    return cst.SimpleWhitespace(" ")
