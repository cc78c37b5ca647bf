"""Changing the names of a `from … import …` statement, its layout and comments kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import libcst as cst


def with_names(statement: cst.ImportFrom, names: Mapping[cst.ImportAlias, tuple[str, bool]]) -> cst.ImportFrom:
    """The statement with new names, each (name, whether it replaces the old one or stands beside it) by old alias.

    Of two names that stand beside each other the alphabetically smaller one is the first, as most sort them.
    """
    if isinstance(statement.names, cst.ImportStar):
        return statement
    return statement.with_changes(names=tuple(_aliases(statement, statement.names, names)))


def _aliases(
    statement: cst.ImportFrom, aliases: Sequence[cst.ImportAlias], names: Mapping[cst.ImportAlias, tuple[str, bool]]
) -> Iterator[cst.ImportAlias]:
    for alias in aliases:
        name, replaces = names.get(alias, ("", False))
        new = cst.ImportAlias(cst.Name(name or "_"))
        if not name:
            yield alias
        elif replaces:
            yield alias.with_changes(name=new.name, asname=None)
        elif name < alias.evaluated_name:
            yield new.with_changes(comma=cst.Comma(whitespace_after=_gap(statement)))
            yield alias
        else:
            yield from _followed(alias, new, _gap(statement), is_last=alias is aliases[-1])


def _followed(
    alias: cst.ImportAlias, new: cst.ImportAlias, gap: cst.BaseParenthesizableWhitespace, *, is_last: bool
) -> Iterator[cst.ImportAlias]:
    """An alias and the new one behind it; a comment behind the alias stays there."""
    if not isinstance(alias.comma, cst.Comma):
        yield alias.with_changes(comma=cst.Comma(whitespace_after=gap))
        yield new
        return
    behind: cst.BaseParenthesizableWhitespace = alias.comma.whitespace_after
    if isinstance(behind, cst.ParenthesizedWhitespace) and isinstance(gap, cst.ParenthesizedWhitespace):
        between: cst.BaseParenthesizableWhitespace = (
            behind.with_changes(indent=gap.indent, last_line=gap.last_line) if is_last else behind
        )
        first_line = behind.first_line.with_changes(whitespace=cst.SimpleWhitespace(""), comment=None)
        behind = behind.with_changes(first_line=first_line, empty_lines=())
    else:
        between = gap
    yield alias.with_changes(comma=alias.comma.with_changes(whitespace_after=between))
    yield new.with_changes(comma=cst.Comma(whitespace_after=behind))


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
