from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.callgraph.activation import Activation
from ssot_lint.callgraph.bounds import MOST, Bounds
from ssot_lint.callgraph.heap import Heap
from ssot_lint.callgraph.values import NOTHING, Constant, Function, Interner, Module, Value
from tests.callgraph.small import graph_of

ACTIVATIONS = list(graph_of("def f(): pass\ndef g(): pass\nf()\ng()").nodes)
READER, *WRITERS = ACTIVATIONS
WIDEST = Bounds().widest
INTERNER = Interner()
KEPT = [INTERNER.make(Function, activation.code, None, None) for activation in ACTIVATIONS]
WRITES = st.lists(st.tuples(st.sampled_from(KEPT), st.sampled_from(ACTIVATIONS)), max_size=8)


@given(WRITES, st.data())
def test_what_a_cell_holds_does_not_depend_on_the_order_of_writes(
    writes: list[tuple[Value, Activation]], data: st.DataObject
) -> None:
    held = []
    for order in (writes, data.draw(st.permutations(writes))):
        heap = Heap(lambda _: None, INTERNER, WIDEST)
        for value, writer in order:
            heap.write("x", frozenset((value,)), writer)
        held.append(heap.read("x", READER))
    assert held[0] == held[1] == {value for value, _ in writes}


@given(st.lists(st.tuples(st.sampled_from(KEPT), st.sampled_from(WRITERS)), max_size=8))
def test_who_read_a_cell_hears_of_each_new_callable_that_others_write(writes: list[tuple[Value, Activation]]) -> None:
    heard: list[Activation] = []
    heap = Heap(heard.append, INTERNER, WIDEST)
    seen = heap.read("x", READER)
    for value, writer in writes:
        heard.clear()
        heap.write("x", frozenset((value,)), writer)
        assert (heard == [READER]) is (value not in seen)
        seen = heap.read("x", READER)


def test_a_cell_of_too_many_values_holds_them_coarsely_but_keeps_none_and_callables() -> None:
    interner = Interner()
    heap = Heap(lambda _: None, interner, WIDEST)
    function = interner.make(Function, ACTIVATIONS[0].code, None, None)
    heap.write("x", frozenset((interner.none, function)), None)
    for number in range(2 * WIDEST):
        heap.write("x", interner.only(Constant, number), None)
        heap.write(("names", "x"), interner.only(Constant, number), None)
    assert heap.read("x", READER) == {interner.none, function, interner.unknown}
    assert len(heap.read(("names", "x"), READER)) == 2 * WIDEST


def test_a_strong_writer_sees_only_what_others_wrote() -> None:
    one, other, third = ACTIVATIONS[:3]
    heap = Heap(lambda _: None, INTERNER, WIDEST)
    heap.write("x", frozenset((KEPT[0],)), one)
    assert heap.read_foreign("x", one) == NOTHING
    heap.write("x", frozenset((KEPT[1],)), other)
    assert heap.read_foreign("x", one) == {KEPT[1]}
    assert heap.read_foreign("x", third) == {KEPT[0], KEPT[1]}


def test_a_cell_holds_no_more_callables_than_a_call_may_go_to() -> None:
    interner = Interner()
    heap = Heap(lambda _: None, interner, WIDEST)
    functions = [interner.make(Module, f"m{number}") for number in range(3 * MOST)]
    for function in functions:
        heap.write("callbacks", frozenset((function,)), None)
    assert heap.read("callbacks", READER) == frozenset(functions[:MOST])
    assert Bounds().candidates == MOST
