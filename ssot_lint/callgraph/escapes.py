"""Escapes: what is handed to code outside that no model knows may be called from there, with who knows what."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph import calls, containers
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import Bound, Container, Function, Partial, Value, Values, ordered

ESCAPING = (Function, Bound, Partial)


def escape(frame: Frame, values: Values, at: int, path: str) -> None:
    """Calls of certainty `possible` to the functions of the project among the values, or in what these hold.

    None where the analysis does not ask for guesses.

    Args:
        frame: the running frame, of the call that hands them over.
        values: what is handed over.
        at: the site of the call.
        path: whom they are handed to.
    """
    if not frame.machine.bounds.guesses:
        return
    bound = frame.machine.bounds.escapes
    escaping = list(dict.fromkeys(_callables(frame, values)))
    if not escaping:
        return
    unknown = frozenset((frame.machine.unknown,))
    with frame.called_back(None, "possible", path):
        for value in escaping[:bound]:
            calls.call(frame, frozenset((value,)), Arguments((), {}, unknown, unknown), at, "escape")


def _callables(frame: Frame, values: Values) -> Iterator[Value]:
    """The functions among the values, and those in a list or dict that is handed over."""
    for value in ordered(values):
        if isinstance(value, ESCAPING):
            if not (isinstance(value, Partial) and value.path) or frame.read(("partial", value.key)):
                yield value
        elif isinstance(value, Container):
            yield from (each for each in ordered(containers.elements(frame, value)) if isinstance(each, ESCAPING))
