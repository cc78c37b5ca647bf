from __future__ import annotations

import pytest

from tests.callgraph.small import called, graph_of


@pytest.mark.parametrize(
    ("body", "reached"),
    [
        ("action = second\n        fail()\n        action = third", {"second"}),
        ("fail()\n        action = second", {"first"}),
        ("action = fail()", {"first"}),
        ("if unknown():\n            action = second\n            fail()", {"first", "second"}),
        ("for action in (second, third):\n            fail()", {"second", "third"}),
        ("action = unbound", {"first"}),
    ],
)
def test_a_handler_begins_with_what_variables_were_where_the_body_failed(body: str, reached: set[str]) -> None:
    code = f"""
from outside import unknown
def first(): pass
def second(): pass
def third(): pass
def fail(): raise ValueError
def run():
    action = first
    try:
        {body}
    except (ValueError, NameError):
        action()
run()
"""
    assert called(graph_of(code)) - {"run", "fail"} >= reached
