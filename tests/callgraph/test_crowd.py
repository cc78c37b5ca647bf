"""Who waits for something: in the order in which they joined, each once, however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.callgraph.crowd import joined_by, members

if TYPE_CHECKING:
    from ssot_lint.callgraph.activation import Activation
    from ssot_lint.callgraph.crowd import Crowd

_PEOPLE = [cast("Activation", type("Person", (), {"number": number})()) for number in range(12)]


@given(st.lists(st.sampled_from(_PEOPLE), max_size=40))
def test_a_crowd_is_who_joined_in_the_order_of_their_first_time(joining: list[Activation]) -> None:
    crowd: Crowd = None
    for each in joining:
        crowd = joined_by(crowd, each)
    assert list(members(crowd)) == list(dict.fromkeys(joining))


def test_who_joins_meanwhile_is_not_among_them() -> None:
    for size in range(1, len(_PEOPLE)):
        crowd: Crowd = None
        for each in _PEOPLE[:size]:
            crowd = joined_by(crowd, each)
        before = members(crowd)
        joined_by(crowd, _PEOPLE[size])
        assert list(before) == _PEOPLE[:size]
