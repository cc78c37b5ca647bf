"""Each kind of statement, lowered."""

from __future__ import annotations

import pytest

from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assert,
    Assign,
    Attribute,
    AugmentedAssign,
    Call,
    Case,
    Const,
    Define,
    DefineClass,
    Delete,
    Display,
    Evaluate,
    For,
    Handler,
    If,
    Import,
    ImportedModule,
    ImportFrom,
    Index,
    Jump,
    Match,
    MatchCapture,
    MatchClass,
    MatchMapping,
    MatchOr,
    MatchSequence,
    MatchValue,
    Name,
    Parameter,
    Pattern,
    Raise,
    Return,
    Star,
    Statement,
    Try,
    TypeAliasStatement,
    Unary,
    While,
    With,
)  # fmt: skip
from tests.facts.programs import body_of, facts_of, scope_of

ONE = Const(1)
CASES: dict[str, Statement] = {
    "a": Evaluate(Name("a", 1)),
    "a = b.c = 1": Assign([Name("a", 1), Attribute(Name("b", 3), "c", 2)], ONE),
    "a, *b[1] = c": Assign([Display("tuple", [Name("a", 2), Star(Index(Name("b", 4), ONE, 3))], 1)], Name("c", 5)),
    "a: int": AnnotatedAssign(Name("a", 1), Name("int", 2), None),
    "a: 'one two' = 1": AnnotatedAssign(Name("a", 1), Const("one two"), ONE),
    "a //= 1": AugmentedAssign(Name("a", 2), "__floordiv__", ONE, 1),
    "return a": Return(Name("a", 1)),
    "raise a from b": Raise(Name("a", 2), Name("b", 3), 1),
    "raise": Raise(None, None, 1),
    "del a, b[1]": Delete([Name("a", 1), Index(Name("b", 3), ONE, 2)]),
    "assert a, b": Assert(Name("a", 1), Name("b", 2)),
    "break": Jump("break"),
    "type A = int": TypeAliasStatement("A", Name("int", 1)),
    "import a.b, c as d": Import([("a.b", None, 1), ("c", "d", 2)]),
    "lazy import a": Import([("a", None, 1)]),
    "from ..a import (b as c, d,)": ImportFrom(2, "a", [("b", "c", 2), ("d", None, 3)], 1),
    "from . import *": ImportFrom(1, "", [("*", None, 2)], 1),
    "if a: b\nelif 1: pass\nelse: c": If(
        Name("a", 1), [Evaluate(Name("b", 2))], [If(ONE, [], [Evaluate(Name("c", 3))])]
    ),
    "while a: pass\nelse: b": While(Name("a", 1), [], [Evaluate(Name("b", 2))]),
    "async for a in b: pass": For(Name("a", 1), Name("b", 3), [], [], True, 2),
    "async with a as b, c: pass": With([(Name("a", 2), Name("b", 3), 1), (Name("c", 5), None, 4)], [], True),
    "with (a as (b, c)): pass": With([(Name("a", 2), Display("tuple", [Name("b", 4), Name("c", 5)], 3), 1)], [], False),
    "try: a\nexcept B as e: pass\nexcept: pass\nelse: c\nfinally: d": Try(
        [Evaluate(Name("a", 1))],
        [Handler(Name("B", 2), "e", []), Handler(None, None, [])],
        [Evaluate(Name("c", 3))],
        [Evaluate(Name("d", 4))],
    ),
    "try: a\nexcept* B: pass": Try([Evaluate(Name("a", 1))], [Handler(Name("B", 2), None, [], is_group=True)], [], []),
    "@a(1)\n@b\ndef f(): pass": Define(1, [(Call(Name("a", 3), (ONE,), (), 2), 1), (Name("b", 5), 4)], 7),
    "class A(B, *c, m=1): pass": DefineClass(1, [Name("B", 3), Star(Name("c", 4))], [("m", ONE)], [], 2),
}


@pytest.mark.parametrize("code", CASES)
def test_statement(code: str) -> None:
    assert body_of(code) == [CASES[code]]


@pytest.mark.parametrize("code", ["'doc'", "'a' 'b'", "...", "pass", "1", "global a", "None", "f'no parts'"])
def test_what_does_nothing_is_dropped(code: str) -> None:
    assert body_of(f"def f():\n    {code}")[0] == Define(1, [], 2)
    assert facts_of(f"def f():\n    {code}").scopes[1].body == []


PATTERNS: dict[str, Pattern] = {
    "1": MatchValue(ONE),
    "-1": MatchValue(Unary("__neg__", ONE, 2)),
    "None": MatchValue(Const(None)),
    "'a' 'b'": MatchValue(Const("ab")),
    "a.b": MatchValue(Attribute(Name("a", 3), "b", 2)),
    "_": MatchCapture(None, None),
    "a": MatchCapture(None, "a"),
    "1 | None": MatchOr([MatchValue(ONE), MatchValue(Const(None))]),
    "1 as a": MatchCapture(MatchValue(ONE), "a"),
    "[1, *a]": MatchSequence([MatchValue(ONE), MatchCapture(None, "a")], 1),
    "(1, _)": MatchSequence([MatchValue(ONE), MatchCapture(None, None)], None),
    "{1: a, **b}": MatchMapping([(ONE, MatchCapture(None, "a"))], "b"),
    "A(1, b=c)": MatchClass(Name("A", 3), [MatchValue(ONE)], [("b", MatchCapture(None, "c"))], 2),
}


@pytest.mark.parametrize("code", PATTERNS)
def test_pattern(code: str) -> None:
    (statement,) = body_of(f"match x:\n    case {code}: pass")
    assert statement == Match(Name("x", 1), [Case(PATTERNS[code], None, [])])


def test_a_case_has_its_guard_and_body() -> None:
    (statement,) = body_of("match x:\n    case _ if a: b")
    assert statement == Match(Name("x", 1), [Case(MatchCapture(None, None), Name("a", 2), [Evaluate(Name("b", 3))])])


def test_parameters_stand_in_order_with_their_kinds() -> None:
    scope = scope_of("def f(a, /, b: int = 1, *c: str, d, **e) -> 'R': pass", "f")
    assert list(scope.parameters) == [
        Parameter("a", "positional-only", None, None),
        Parameter("b", "positional", Name("int", 3), ONE),
        Parameter("c", "var-positional", Name("str", 4), None),
        Parameter("d", "keyword-only", None, None),
        Parameter("e", "var-keyword", None, None),
    ]
    assert scope.returns == Const("R")


def test_imports_are_told_with_when_they_run() -> None:
    facts = facts_of(
        """
        import a.b
        from typing import TYPE_CHECKING
        if TYPE_CHECKING:
            from .x import y
        else:
            import z
        def f():
            class A:
                from . import g as h, i
        if typing.TYPE_CHECKING: import t
        """
    )
    assert facts.imports == [
        ImportedModule(0, "a.b", (), False, False),
        ImportedModule(0, "typing", ("TYPE_CHECKING",), False, False),
        ImportedModule(1, "x", ("y",), False, True),
        ImportedModule(0, "z", (), False, False),
        ImportedModule(1, "", ("g", "i"), True, False),
        ImportedModule(0, "t", (), False, True),
    ]
