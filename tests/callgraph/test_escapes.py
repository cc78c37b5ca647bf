"""What code outside that no model knows may call: certainty `possible`, and never lost."""

from __future__ import annotations

import pytest

from tests.callgraph.small import graph_of


def escapes(text: str) -> set[tuple[str, str]]:
    return {
        (site.node.symbol, site.call.target)
        for site in graph_of(text).call_sites()
        if site.call.kind == "escape" and site.call.certainty == "possible"
    }


@pytest.mark.parametrize(
    "handed",
    [
        "work",
        "Worker().run",
        "[work]",
        "{'on_start': work}",
        "keep=work",
    ],
)
def test_what_is_handed_over_may_be_called(handed: str) -> None:
    text = f"""
import outside
def work(): pass
class Worker:
    def run(self): pass
outside.take({handed})
"""
    assert {caller for caller, _ in escapes(text)} == {"app"}


def test_what_is_no_function_is_not_called() -> None:
    text = """
import outside
class Plain: pass
def work(): pass
outside.take(Plain(), Plain, [1], {"a": "b"}, work())
"""
    assert escapes(text) == set()


def test_a_models_word_wins() -> None:
    assert escapes("import logging\ndef work(): pass\nlogging.info('%s', [work])") == set()
