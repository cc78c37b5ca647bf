from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.callgraph.values import (
    MOST_SHARED,
    Bound,
    Constant,
    External,
    Instance,
    Interner,
    Pattern,
    Value,
    ordered,
)
from tests.callgraph.small import called, graph_of

CONSTANTS = st.one_of(st.none(), st.booleans(), st.integers(-2, 2), st.sampled_from((0.0, 1.0)), st.text(max_size=2))


@given(CONSTANTS, CONSTANTS)
def test_constants_are_one_value_exactly_where_type_and_value_agree(one: object, other: object) -> None:
    interner = Interner()
    same = type(one) is type(other) and one == other
    assert (interner.make(Constant, one) is interner.make(Constant, other)) is same


@given(st.lists(CONSTANTS, max_size=8))
def test_sets_are_listed_in_the_order_in_which_their_values_came(constants: list[object]) -> None:
    interner = Interner()
    made = dict.fromkeys(interner.make(Constant, constant) for constant in [None, *constants])
    assert ordered(frozenset(made)) == list(made)


@given(st.lists(st.one_of(CONSTANTS.map(lambda each: (Constant, each)), st.just((External, "a.b"))), max_size=6))
def test_coarser_values_stay_as_they_are_when_coarsened_again(parts: list[tuple[type[Value], object]]) -> None:
    interner = Interner()
    coarse = interner.coarsen(frozenset(interner.make(*part) for part in parts))
    assert interner.coarsen(coarse) == coarse
    assert (interner.none in coarse) == ((Constant, None) in parts)


@given(st.text("ab", max_size=3), st.text("ab", max_size=3), st.text("ab", max_size=3))
def test_a_pattern_fits_what_it_stands_for(prefix: str, middle: str, suffix: str) -> None:
    assert Pattern(prefix, suffix).fits(prefix + middle + suffix)
    assert not Pattern(f"x{prefix}", suffix).fits(prefix + middle + suffix)


def test_a_pattern_does_not_use_a_character_twice() -> None:
    assert not Pattern("aba", "bab").fits("abab")


def test_coarser_values_come_in_the_order_of_the_finer_ones() -> None:
    interner = Interner()
    receivers = [interner.make(Instance, f"class {number}", "key", False) for number in range(20)]
    bound = [interner.make(Bound, interner.none, receiver) for receiver in receivers]
    coarse = ordered(interner.coarsen(frozenset(bound)))
    found = [value.receiver for value in coarse if isinstance(value, Bound)]
    assert [each.info for each in found if isinstance(each, Instance)] == [receiver.info for receiver in receivers]


@pytest.mark.parametrize("name", ["fields", "contents", "member", "namespace"])
def test_a_module_may_have_the_name_of_anything_that_the_analysis_keeps(name: str) -> None:
    text = """
class A:
    def m(self): pass
def f():
    known = {}
    known["a"] = A()
    known["a"].m()
    return known
type("C", (), f())
f()["a"].m()
"""
    assert called(graph_of({"app": f"import {name}", name: text})) == {"f", "A.m"}


def test_a_dict_of_what_is_not_known_may_hold_anything_under_any_key() -> None:
    copied = (
        "def f(name=''): pass\ndef of(given):\n    kept = {}\n    for key, value in given.items(): kept[key] = value\n"
    )
    for made in ("dict(eval(''))", "dict(**eval(''))", "dict(outside.items('x'))"):
        graph = graph_of(f"import outside\n{copied}    f(**kept)\nof({made})\n")
        (node,) = (each for each in graph.nodes.values() if each.symbol == "app.f")
        assert len(node.activation.binding["name"]) > 1


def test_what_a_growing_set_was_before_is_not_kept() -> None:
    interner = Interner()
    few = frozenset([interner.make(Constant, number) for number in range(MOST_SHARED)])
    assert interner.share(frozenset(list(few))) is interner.share(few)
    many = few | {interner.make(Constant, MOST_SHARED)}
    assert interner.share(frozenset(list(many))) is not interner.share(many)
