"""`sqlite3`: what a connection is given to make rows of, and to call while it runs a statement."""

from __future__ import annotations

from ssot_lint.callgraph import attributes, containers
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import (
    NOTHING,
    Bound,
    Class,
    ExternalInstance,
    Function,
    Instance,
    Partial,
    Value,
    Values,
)

CONNECTION = "sqlite3.Connection"
CURSOR = "sqlite3.Cursor"
# Cells of what is called while a statement runs.
_FUNCTIONS, _AGGREGATES = "<functions>", "<aggregates>"
_OWN = (Function, Bound, Class, Instance, Partial)


def _held(frame: Frame, name: str) -> Values:
    """What some connection or cursor of the program was given."""
    holders = (frame.machine.make(ExternalInstance, path) for path in (CONNECTION, CURSOR))
    found = NOTHING.union(*(frame.read(("external", holder, name)) for holder in holders))
    return frozenset(value for value in found if isinstance(value, _OWN))


def _keeping(cell: str, place: int, name: str) -> Handler:
    """Keeps an argument for the statements that run later."""

    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        holder = frame.machine.make(ExternalInstance, CONNECTION)
        given = arguments.at(place) or arguments.at(name) or NOTHING
        frame.write(("external", holder, cell), given, strong=False)
        return frozenset((frame.machine.none,))

    return handler


def _execute(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    unknown = frozenset((frame.machine.unknown,))
    given = Arguments((), {}, unknown, unknown)
    with frame.at_best("likely"):  # the statement may name none of them
        frame.machine.call(frame, _held(frame, _FUNCTIONS), given, at, "callback")
        made = frame.machine.call(frame, _held(frame, _AGGREGATES), Arguments(), at, "callback")
        for name, passed in (("step", given), ("finalize", Arguments())):
            frame.machine.call(frame, attributes.attribute(frame, made, name, at), passed, at, "callback")
    return frame.machine.only(ExternalInstance, CURSOR)


def _fetch(*, several: bool) -> Handler:
    """A row, or a list of rows: each is what the factory makes of it."""

    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        factories = _held(frame, "row_factory")
        if not factories:
            return None
        given = Arguments(
            (frame.machine.only(ExternalInstance, CURSOR), frame.machine.only(ExternalInstance, "<builtin>.tuple"))
        )
        with frame.at_best("likely"):  # there may be no row
            row = frame.machine.call(frame, factories, given, at, "callback")
        if several:
            return frozenset((containers.make(frame, "list", at, (), row),))
        return row | {frame.machine.none}

    return handler


HANDLERS: dict[str, Handler] = {
    f"{CONNECTION}.create_function": _keeping(_FUNCTIONS, 2, "func"),
    f"{CONNECTION}.create_collation": _keeping(_FUNCTIONS, 1, "callable"),
    f"{CONNECTION}.create_aggregate": _keeping(_AGGREGATES, 2, "aggregate_class"),
    **{f"{CONNECTION}.{name}": _keeping(_FUNCTIONS, 0, "") for name in ("set_authorizer", "set_trace_callback")},
    **{f"{path}.{name}": _execute for path in (CONNECTION, CURSOR) for name in ("execute", "executemany")},
    f"{CURSOR}.fetchone": _fetch(several=False),
    f"{CURSOR}.__next__": _fetch(several=False),
    f"{CURSOR}.fetchall": _fetch(several=True),
    f"{CURSOR}.fetchmany": _fetch(several=True),
}
