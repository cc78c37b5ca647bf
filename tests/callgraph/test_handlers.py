"""What handlers catch."""

from __future__ import annotations

from ssot_lint.callgraph import containers, handlers
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import Class, Container, Instance
from tests.callgraph.small import analysis_of, point


def test_a_tuple_that_holds_itself_as_far_as_can_be_told_is_looked_into_once() -> None:
    analysis = analysis_of({"app": "class Failure(Exception): pass\ndef f(): raise Failure()"})
    analysis._enter([point("f")])
    machine = analysis._machine
    activation = next(each for each in machine.contexts.all if each.function is not None)
    frame = Frame(machine, activation, activation.code)
    (failure,) = (machine.make(Class, info) for info in machine.hierarchy.classes())
    errors = machine.make(Container, "tuple", ("errors",))
    containers.put(frame, errors, frozenset((errors, failure)))
    caught = handlers._caught(frame, frozenset((errors,)))
    assert {value.info for value in caught if isinstance(value, Instance)} == {failure.info}
