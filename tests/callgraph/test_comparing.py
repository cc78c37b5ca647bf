"""Comparisons of lists and tuples: item by item, where they are few."""

from __future__ import annotations

import pytest

from tests.callgraph.small import called, graph_of


@pytest.mark.parametrize(("count", "compared"), [(2, True), (40, False)])
def test_items_are_compared_where_few_lists_may_stand(count: int, compared: bool) -> None:
    choices = " or ".join(f"(unknown({each}) and [Item()])" for each in range(count))
    text = f"""
from outside import unknown
class Item:
    def __eq__(self, other): return True
one = {choices}
other = [Item()]
one == other
"""
    assert ("Item.__eq__" in called(graph_of(text))) is compared


def test_lists_that_hold_each_other_are_compared_in_an_end() -> None:
    lists = "\n".join(f"    all_[{each}].append(all_[{(each * 7 + 1) % 12}])" for each in range(12))
    text = f"""
class Item:
    def __lt__(self, other): return True
all_ = [[Item()] for _ in range(12)]
def fill(all_):
{lists}
    return all_
found = fill(all_)
sorted(found)
found < all_
"""
    graph_of(text)
