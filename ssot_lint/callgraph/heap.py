"""The heap: cells that hold values for longer than one evaluation of one function.

A cell's values only grow. Whoever reads a cell is evaluated again when it does. Strong updates live in the frame that
makes them (see `frame`), and reach the heap when somebody else may look. A cell of more than `widest` values holds them
coarsely from then on (`values.Interner.coarsen`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from sys import intern
from typing import TYPE_CHECKING

from ssot_lint.callgraph.bounds import MOST, MOST_PLACES
from ssot_lint.callgraph.crowd import Crowd, joined_by, members
from ssot_lint.callgraph.values import NOTHING, Constant, Container, Interner, Values, is_news, ordered

if TYPE_CHECKING:
    from ssot_lint.callgraph.activation import Activation


# Cells that list the keys of a container or the names of a module: those must not blur.
LISTS = frozenset(("index", "names"))
# The cells that a container has, but those of its entries.
_OF_CONTAINERS = ("index", "rest", "keys", "default")


def most(known: Values, values: Values) -> Values:
    """The known values and as many of the others as there is room for, the oldest first."""
    if len(known) >= MOST or values <= known:
        return known
    new = ordered(values - known)
    places = [value for value in new if isinstance(value, Container) and value.is_blurred]
    if places:
        left_out = frozenset(places[max(MOST_PLACES - _count_places(known), 0) :])
        new = [value for value in new if value not in left_out]
    return known | frozenset(new[: max(MOST - len(known), 0)])


def _count_places(values: Values) -> int:
    return sum(isinstance(value, Container) and value.is_blurred for value in values)


def _joined(known: Values, values: Values) -> Values:
    """Both, without a copy of what is first written to a cell."""
    return known | values if known else values


def _with_one_name(key: object) -> object:
    """The key, with the one string that all have for the name at its end: statements are decoded again and again."""
    if type(key) is tuple and len(key) == 3 and type(key[2]) is str:
        return (*key[:2], intern(key[2]))
    return key


def _is_past(key: object, writer: Activation) -> bool:
    """Whether a writer that had read the cell never finds more there: its next call has variables of its own.

    And a module's body runs once.
    """
    return writer.function is None or (isinstance(key, tuple) and key[0] == "local" and key[1] is writer)


class Cell:
    """One place: a global, a captured variable, an attribute, an entry of a container.

    `blurred` is the key of that which has its values, too: of the container that stands for this one (`blur`).
    """

    __slots__ = ("_readers", "blurred", "others", "owner", "values", "wide")

    def __init__(self) -> None:
        self.values: Values = NOTHING
        self.blurred: tuple[object, ...] | None = None
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
        interner.blur = self.blur

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
            found = self._cells[_with_one_name(key)] = Cell()
            if type(key) is tuple and isinstance(key[1], Container) and key[1].blurred is not None:
                found.blurred = (key[0], key[1].blurred, *key[2:])
        return found

    def blur(self, container: Container, blurred: Container) -> None:
        """Has one container hold what another holds, from now on."""
        born_with = container.born_with
        is_first = ("index", blurred) not in self._cells
        blurred.born_with = born_with if is_first else self._share(blurred.born_with & born_with)
        blurred.listed = {**(blurred.listed or {}), **(container.listed or {})} or None
        index = self._cells.get(("index", container))
        keys = [each.value if isinstance(each, Constant) else each for each in ordered(index.values)] if index else []
        self.cell(("index", blurred))
        for key in (*((kind, container) for kind in _OF_CONTAINERS), *(("item", container, each) for each in keys)):
            cell = self._cells.get(key)
            if cell is not None:
                cell.blurred = (key[0], blurred, *key[2:])
                self.write(cell.blurred, cell.values, None)

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

    def first_writer(self, key: object) -> Activation | None:
        """Who was the first to write to the cell."""
        cell = self._cells.get(key)
        return cell.owner if cell is not None else None

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
        others_grew = self._note_other(cell, key, values, writer)
        if cell.blurred is not None:
            self.write(cell.blurred, values, writer)
        if values <= cell.values:
            if others_grew and cell.owner is not None and cell.owner in cell.readers:
                self._changed(cell.owner)
            return
        before = cell.values
        cell.values = _joined(before, values)
        if len(cell.values) > self.widest and not cell.wide and not (isinstance(key, tuple) and key[0] in LISTS):
            cell.wide = True
            cell.values = self._coarsen(cell.values)
            cell.others = self._share(self._coarsen(cell.others))
        if cell.wide and (len(cell.values) > MOST or _count_places(cell.values) > MOST_PLACES):
            cell.values = most(before, cell.values)
        cell.values = self._share(cell.values)
        deciding = self._deciding.get(key, {})
        for reader in cell.readers if is_news(before, cell.values) else deciding:
            if reader is not writer or reader in deciding:
                self._changed(reader)
            elif not _is_past(key, reader):
                reader.stale = True

    def _note_other(self, cell: Cell, key: object, values: Values, writer: Activation | None) -> bool:
        """Notes what somebody else than its owner writes to a cell; whether that is more than before."""
        if cell.owner is None or cell.owner is writer or values <= cell.others:
            return False
        if cell.owner.running:
            cell.owner.touched[key] = None
        cell.others = self._share(most(cell.others, values) if cell.wide else _joined(cell.others, values))
        return True
