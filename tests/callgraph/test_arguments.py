"""Binding of arguments against what Python itself does."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.callgraph.arguments import Arguments, Signature, bind
from ssot_lint.callgraph.values import NOTHING, Constant, Interner
from ssot_lint.facts.extract import extract
from ssot_lint.facts.model import ModuleFacts

NAMES = "abcd"
INTERNER = Interner()


@st.composite
def signatures(draw: st.DrawFn) -> str:
    """The parameters of a definition that Python takes."""
    positional = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=3))
    keyword_only = draw(st.lists(st.sampled_from([name for name in NAMES if name not in positional]), unique=True))
    first_default = draw(st.integers(0, len(positional)))
    parts = [name if index < first_default else f"{name}=0" for index, name in enumerate(positional)]
    if draw(st.booleans()) and positional:
        parts.insert(draw(st.integers(1, len(parts))), "/")
    if draw(st.booleans()):
        parts.append("*rest")
    elif keyword_only:
        parts.append("*")
    parts += [draw(st.sampled_from([name, f"{name}=0"])) for name in keyword_only]
    return ", ".join([*parts, *(["**others"] if draw(st.booleans()) else [])])


def signature_of(signature: str) -> Signature:
    facts = extract(f"def f({signature}): ...\n".encode())
    assert isinstance(facts, ModuleFacts)
    return Signature(facts.scopes[1].parameters)


@given(signatures(), st.integers(0, 4), st.sets(st.sampled_from([*NAMES, "other"])))
def test_a_call_has_a_problem_exactly_where_python_refuses_it(signature: str, count: int, keywords: set[str]) -> None:
    found: dict[str, Any] = {}
    # The function itself is asked: `inspect.Signature.bind` of Python 3.11 refuses `f(a=1)` for `a=0, /, **others`.
    exec(f"def f({signature}): return locals()", found)  # noqa: S102 - the signature is our own
    arguments = Arguments(tuple(NOTHING for _ in range(count)), dict.fromkeys(sorted(keywords), NOTHING))
    binding = bind(signature_of(signature), arguments)
    given_value = object()
    try:
        taken = found["f"](*[given_value] * count, **dict.fromkeys(keywords, given_value))
    except TypeError:
        assert binding.problem
    else:
        assert not binding.problem
        assert binding.given == {name for name, value in taken.items() if value is given_value}


@given(signatures(), st.integers(0, 4), st.sets(st.sampled_from(NAMES)))
def test_more_that_is_unknown_never_makes_a_call_worse(signature: str, count: int, keywords: set[str]) -> None:
    known = Arguments(tuple(NOTHING for _ in range(count)), dict.fromkeys(sorted(keywords), NOTHING))
    more = Arguments(known.positional, known.keywords, NOTHING, NOTHING)
    parsed = signature_of(signature)
    assert bind(parsed, known).problem or not bind(parsed, more).problem


@given(signatures(), st.integers(0, 4), st.sets(st.sampled_from([*NAMES, "other"])))
def test_each_parameter_is_given_what_python_gives_it(signature: str, count: int, keywords: set[str]) -> None:
    found: dict[str, Any] = {}
    exec(f"def f({signature}): return locals()", found)  # noqa: S102 - the signature is our own
    positional = tuple(INTERNER.only(Constant, number) for number in range(count))
    named = {name: INTERNER.only(Constant, name) for name in sorted(keywords)}
    try:
        taken = found["f"](*positional, **named)
    except TypeError:
        return
    binding = bind(signature_of(signature), Arguments(positional, named))
    assert binding.values == {name: value for name, value in taken.items() if isinstance(value, frozenset)}
    assert binding.extra == taken.get("rest", ())
    assert binding.extra_keywords == taken.get("others", {})
