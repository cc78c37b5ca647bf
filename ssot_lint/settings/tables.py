"""What a file holds that is known: strings, lists and tables of them, and how they are put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import TypeAlias

from ssot_lint.settings.model import UNKNOWN


@dataclass(frozen=True)
class Text:
    """A string; `*` stands for what is not known. The line is 1-based.

    `origins` are the lines of what it is put together from, by the name that each begins with: `NAME=value`.
    """

    text: str = field(repr=False)
    line: int
    origins: tuple[tuple[str, int], ...] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True)
class Items:
    """A list, tuple or set of what is known."""

    items: tuple[Constant, ...]
    line: int


@dataclass(frozen=True)
class Table:
    """A dict of what is known, or the keywords of a call."""

    pairs: tuple[tuple[Text, Constant], ...]
    line: int

    def text(self, *names: str) -> Text | None:
        """The first string under one of the keys, or None."""
        for key, value in self.pairs:
            if key.text in names and isinstance(value, Text):
                return value
        return None

    def entry(self, key: str) -> Constant | None:
        """What stands under a key, or None where that is not known."""
        return next((value for each, value in reversed(self.pairs) if each.text == key), None)


Constant: TypeAlias = Text | Items | Table


class Growing:
    """A constant to which more is added; what is added in a place that is not known may be anything."""

    def __init__(self, constant: Constant) -> None:
        self._constant = constant
        self._items: list[Constant] | None = list(constant.items) if isinstance(constant, Items) else None
        self._pairs: dict[object, tuple[Text, Constant | Growing]] = {}
        if isinstance(constant, Table):
            self._overlay(constant.pairs)

    def add(self, keys: Sequence[Constant | None], more: Constant) -> None:
        """Adds something to what stands behind the keys."""
        if isinstance(self._constant, Text):
            added = more.text if isinstance(more, Text) else UNKNOWN
            self._constant = Text(f"{self._constant.text}{added}", self._constant.line)
        elif self._items is not None:
            self._items += more.items if isinstance(more, Items) and not keys else (more,)
        elif not isinstance(self._constant, Table):
            return
        elif keys and isinstance(key := keys[0], Text):
            _, held = self._pairs.pop(_slot(key), (key, Table((), key.line)))
            inner = held if isinstance(held, Growing) else Growing(held)
            inner.add(keys[1:], more)
            self._pairs[_slot(key)] = key, inner
        elif keys or not isinstance(more, Table):
            self._overlay([(Text(UNKNOWN, self._constant.line), Text(UNKNOWN, self._constant.line))])
        else:
            self._overlay(more.pairs)

    def _overlay(self, pairs: Iterable[tuple[Text, Constant]]) -> None:
        for key, value in pairs:
            slot = _slot(key)
            self._pairs.pop(slot, None)
            self._pairs[slot] = key, value

    def constant(self) -> Constant:
        """What it is now."""
        if self._items is not None:
            return Items(tuple(self._items), self._constant.line)
        if not isinstance(self._constant, Table):
            return self._constant
        pairs = ((key, held.constant() if isinstance(held, Growing) else held) for key, held in self._pairs.values())
        return Table(tuple(pairs), self._constant.line)


def _slot(key: Text) -> object:
    """Where a key stands; each unknown one has a place of its own."""
    return object() if key.text == UNKNOWN else key.text


def overlaid(
    pairs: Sequence[tuple[Text, Constant]], more: Sequence[tuple[Text, Constant]]
) -> tuple[tuple[Text, Constant], ...]:
    """The pairs of both; where both have a key, the later one's."""
    later = {key.text for key, _ in more} - {UNKNOWN}
    return (*(pair for pair in pairs if pair[0].text not in later), *more)


def formatted(template: str, positional: Sequence[Constant | None], named: Mapping[str, Constant | None]) -> str:
    """What `template.format(…)` gives; `*` stands for what is not known."""
    found, count = "", 0
    try:
        for literal, name, _, _ in Formatter().parse(template):
            found += literal
            if name is None:
                continue
            value = named.get(name)
            if not name or name.isdecimal():
                position, count = (int(name), count) if name else (count, count + 1)
                value = positional[position] if position < len(positional) else None
            found += value.text if isinstance(value, Text) else UNKNOWN
    except ValueError:
        return UNKNOWN  # an unbalanced brace, which is an error when it runs
    return found


def filled(template: str, values: Sequence[Constant | None]) -> str:
    """What `template % values` gives; `*` stands for what is not known."""
    given = iter(values)

    def part(match: re.Match[str]) -> str:
        value = next(given, None) if match[0] != "%%" and "(" not in match[0] else None
        return "%" if match[0] == "%%" else value.text if isinstance(value, Text) else UNKNOWN

    return re.sub(r"%(?:%|(?:\(\w+\))?[-#0 +]*[\d.]*[a-zA-Z])", part, template)


def texts_of(constant: Constant | None) -> list[Text]:
    """The strings of a list, or the one that it is."""
    if isinstance(constant, Items):
        return [item for item in constant.items if isinstance(item, Text)]
    return [constant] if isinstance(constant, Text) else []


def turns_of(over: Constant | None) -> Sequence[Constant]:
    """What a loop over something known binds, one after the other."""
    if isinstance(over, Items):
        return over.items
    return [key for key, _ in over.pairs] if isinstance(over, Table) else []


def view(name: str, table: Constant | None, line: int) -> Items | None:
    """`items()`, `keys()` or `values()` of a table."""
    if not isinstance(table, Table):
        return None
    views: dict[str, Iterator[Constant]] = {
        "items": (Items((key, value), key.line) for key, value in table.pairs),
        "keys": (key for key, _ in table.pairs),
        "values": (value for _, value in table.pairs),
    }
    return Items(tuple(views[name]), line)
