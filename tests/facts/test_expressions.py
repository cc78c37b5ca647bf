"""Each kind of expression, lowered."""

from __future__ import annotations

import pytest

from ssot_lint.facts.model import (
    Attribute,
    Await,
    BoolOp,
    Call,
    Clause,
    Compare,
    Comprehension,
    Conditional,
    Const,
    DictDisplay,
    Display,
    Expression,
    Format,
    Index,
    Lambda,
    Name,
    Not,
    Opaque,
    Operation,
    Return,
    Slice,
    Star,
    Unary,
    Walrus,
    Yield,
    YieldFrom,
)  # fmt: skip
from tests.facts.programs import expression_of, scope_of

ONE = Const(1)

CASES: dict[str, Expression] = {
    "a": Name("a", 2),
    "None": Const(None),
    "True": Const(True),
    "0x_ff": Const(255),
    "1.5": Const(1.5),
    "2j": Opaque("complex"),
    "...": Opaque("ellipsis"),
    str(2**63 - 1): Const(2**63 - 1),
    str(2**63): Opaque("int"),
    "9" * 5000: Opaque("int"),
    "'text'": Const("text"),
    "b'text'": Opaque("bytes"),
    "Rb'''text'''": Opaque("bytes"),
    "a.b.c": Attribute(Attribute(Name("a", 4), "b", 3), "c", 2),
    "f(a, *b, c=1, **d)": Call(Name("f", 3), (Name("a", 4), Star(Name("b", 5))), (("c", ONE), (None, Name("d", 6))), 2),
    "f()()": Call(Call(Name("f", 4), (), (), 3), (), (), 2),
    "a[1]": Index(Name("a", 3), ONE, 2),
    "a[1:]": Index(Name("a", 3), Slice(ONE, None, None), 2),
    "a[1, *b]": Index(Name("a", 3), Display("tuple", [ONE, Star(Name("b", 5))], 4), 2),
    "a[1,]": Index(Name("a", 3), Display("tuple", [ONE], 4), 2),
    "a - b * 1": Operation(Name("a", 3), [("__sub__", Operation(Name("b", 5), [("__mul__", ONE, 4)]), 2)]),
    "a + 1 - 1": Operation(Name("a", 4), [("__add__", ONE, 3), ("__sub__", ONE, 2)]),
    "2 ** a ** 1": Operation(Const(2), [("__pow__", Operation(Name("a", 4), [("__pow__", ONE, 3)]), 2)]),
    "~a": Unary("__invert__", Name("a", 3), 2),
    "not a": Not(Name("a", 3), 2),
    "a or b or 1 and 1": BoolOp("or", [Name("a", 2), Name("b", 3), BoolOp("and", [ONE, ONE])]),
    "a <= 1 not in b": Compare(Name("a", 3), [("<=", ONE), ("not in", Name("b", 4))], 2),
    "a if b else c": Conditional(Name("b", 3), Name("a", 2), Name("c", 4)),
    "(n := 1)": Walrus(Name("n", 2), ONE),
    "await a": Await(Name("a", 3), 2),
    "(yield)": Yield(None, 2),
    "(yield a)": Yield(Name("a", 3), 2),
    "(yield from a)": YieldFrom(Name("a", 3), 2),
    "[a, *b]": Display("list", [Name("a", 3), Star(Name("b", 4))], 2),
    "()": Display("tuple", [], 2),
    "{1}": Display("set", [ONE], 2),
    "{1: a, **b}": DictDisplay([(ONE, Name("a", 3)), (None, Name("b", 4))], 2),
    "[e async for e in b if e]": Comprehension(
        "list", Name("e", 3), None, [Clause(Name("e", 4), Name("b", 6), [Name("e", 7)], True, 5)], 2
    ),
    "{1: e for e in b}": Comprehension(
        "dict", ONE, Name("e", 3), [Clause(Name("e", 4), Name("b", 6), [], False, 5)], 2
    ),
    "lambda: 1": Lambda(1, 2),
}


@pytest.mark.parametrize("code", CASES, ids=lambda code: code[:30])
def test_expression(code: str) -> None:
    assert expression_of(code) == CASES[code]


FORMATS: dict[str, list[Expression]] = {
    "f'JWT_{a}_KEY'": [Const("JWT_"), Name("a", 3), Const("_KEY")],
    "f'{a}' 'b' f'c{{'": [Name("a", 3), Const("bc{")],
    "f'{a:>{b}}'": [Name("a", 3), Name("b", 4)],
    r"f'\n{a}'": [Opaque("str"), Name("a", 3)],
    "t'x{a}'": [Const("x"), Name("a", 3)],
}


@pytest.mark.parametrize("code", FORMATS)
def test_formatted_strings(code: str) -> None:
    assert expression_of(code) == Format(FORMATS[code], 2)


def test_which_parts_of_a_formatted_string_are_represented_is_kept() -> None:
    assert expression_of("f'x{a!r}{b!s}{c!a}'") == Format(
        [Const("x"), Name("a", 3), Name("b", 4), Name("c", 5)], 2, [1, 3]
    )


@pytest.mark.parametrize("code", ["'a' 'b'", "f'ab'", "'a' f'b'", "('a'\n'b')", "'''ab'''", "u'ab'", "r'a' \"b\""])
def test_constant_strings_side_by_side_are_one_text(code: str) -> None:
    assert expression_of(code) == Const("ab")


def test_a_lambda_is_a_scope_that_returns_its_body() -> None:
    scope = scope_of("f = lambda a, *b, c=1, **d: a", "<lambda1>")
    assert [(parameter.name, parameter.kind) for parameter in scope.parameters] == [
        ("a", "positional"), ("b", "var-positional"), ("c", "keyword-only"), ("d", "var-keyword"),
    ]  # fmt: skip
    assert scope.kind == "lambda"
    assert scope.body == [Return(Name("a", 3))]
