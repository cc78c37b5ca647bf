"""The heap: cells that hold values for longer than one evaluation of one function.

A cell's values only grow. Whoever reads a cell is evaluated again when it does. Strong updates live in the frame that
makes them (see `frame`), and reach the heap when somebody else may look. A cell of more than `widest` values holds them
coarsely from then on (`values.Interner.coarsen`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from ssot_lint.callgraph.bounds import MOST
from ssot_lint.callgraph.crowd import Crowd, joined_by, members
from ssot_lint.callgraph.values import NOTHING, Interner, Values, is_news, ordered

if TYPE_CHECKING:
    from ssot_lint.callgraph.activation import Activation


# Cells that list the keys of a container or the names of a module: those must not blur.
LISTS = frozenset(("index", "names"))


def most(known: Values, values: Values) -> Values:
    """The known values and as many of the others as there is room for, the oldest first."""
    room = max(MOST - len(known), 0)
    return known | frozenset(ordered(values - known)[:room])


def _joined(known: Values, values: Values) -> Values:
    """Both, without a copy of what is first written to a cell."""
    return known | values if known else values


def _is_past(key: object, writer: Activation) -> bool:
    """Whether a writer that had read the cell never finds more there: its next call has variables of its own.

    And a module's body runs once.
    """
    return writer.function is None or (isinstance(key, tuple) and key[0] == "local" and key[1] is writer)


class Cell:
    """One place: a global, a captured variable, an attribute, an entry of a container."""

    __slots__ = ("_readers", "others", "owner", "values", "wide")

    def __init__(self) -> None:
        self.values: Values = NOTHING
        self.owner: Activation | None = None
        self.others: Values = NOTHING
        self._readers: Crowd = None
        self.wide = False

    def note(self, reader: Activation) -> None:
        """Has the reader run again when the cell grows."""
        if self._readers is not reader:
            self._readers = joined_by(self._readers, reader)

    @property
    def readers(self) -> Collection[Activation]:
        """Who runs again when the cell grows, in the order of their first reads."""
        return members(self._readers)


class Heap:
    """All cells, by key. `changed` is called with each reader of a cell that grew."""

    def __init__(self, changed: Callable[[Activation], None], interner: Interner, widest: int) -> None:
        self.widest = widest
        self._cells: dict[object, Cell] = {}
        self._deciding: dict[object, dict[Activation, None]] = {}
        self._changed = changed
        self._coarsen = interner.coarsen
        self._share = interner.share

    def clear(self) -> None:
        """Drops all cells."""
        self._cells.clear()
        self._deciding.clear()

    def cells(self) -> Iterable[tuple[object, Cell]]:
        """Every cell with its key."""
        return self._cells.items()

    def cell(self, key: object) -> Cell:
        """The cell of a key, made when first asked for."""
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = Cell()
        return found

    def read(self, key: object, reader: Activation) -> Values:
        """What any activation wrote to the cell."""
        cell = self._cells.get(key)
        if cell is None:
            cell = self.cell(key)
        if cell._readers is not reader:
            cell.note(reader)
        return cell.values

    def read_to_decide(self, key: object, reader: Activation) -> Values:
        """The same, for a reader that leaves out what no value so far leads to: it runs again for any other value."""
        self._deciding.setdefault(key, {})[reader] = None
        return self.read(key, reader)

    def read_foreign(self, key: object, reader: Activation) -> Values:
        """What other activations than the reader wrote to the cell."""
        cell = self._cells.get(key)
        if cell is None:
            cell = self.cell(key)
        cell.note(reader)
        return cell.others if cell.owner is reader else cell.values

    def is_owner(self, key: object, activation: Activation) -> bool:
        """Whether the activation was the first to write to the cell, and so is told when others do."""
        return self.cell(key).owner is activation

    def write(self, key: object, values: Values, writer: Activation | None) -> None:
        """Adds values to the cell."""
        cell = self.cell(key)
        if cell.owner is None:
            cell.owner = writer
        if cell.wide:
            values = self._coarsen(values)
        others_grew = False
        if cell.owner is not None and cell.owner is not writer and not values <= cell.others:
            if cell.owner.running:
                cell.owner.touched[key] = None
            cell.others = self._share(most(cell.others, values) if cell.wide else _joined(cell.others, values))
            others_grew = True
        if values <= cell.values:
            if others_grew and cell.owner is not None and cell.owner in cell.readers:
                self._changed(cell.owner)
            return
        before = cell.values
        cell.values = _joined(before, values)
        if len(cell.values) > self.widest and not cell.wide and not (isinstance(key, tuple) and key[0] in LISTS):
            cell.wide = True
            cell.values = self._coarsen(cell.values)
            cell.others = self._coarsen(cell.others)
        if cell.wide and len(cell.values) > MOST:
            cell.values = most(before, cell.values)
        cell.values = self._share(cell.values)
        deciding = self._deciding.get(key, {})
        for reader in cell.readers if is_news(before, cell.values) else deciding:
            if reader is not writer or reader in deciding:
                self._changed(reader)
            elif not _is_past(key, reader):
                reader.stale = True
