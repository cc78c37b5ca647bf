"""What scopes are called, bind and capture."""

from __future__ import annotations

import re
import symtable
from collections.abc import Iterator
from textwrap import dedent

import pytest

from tests.facts.programs import facts_of, scope_of

PROGRAM = """
    import a.b, c as d
    from e import f, g as h
    def outer(p, *q, r=lambda: (lambda: 1), **s):
        "doc"
        global changed
        changed = t = 1
        for i, (j, *k) in p: pass
        with p as l, p as m.n: pass
        try: pass
        except E as err: pass
        [x for x in q if (w := x)]
        u: int
        del z
        def inner(t2):
            nonlocal t
            t = q
            return lambda: (t2, p)
        class Local:
            attr = i
            def method(self): return attr, l, s
        match p:
            case {"k": [y, *ys], **rest} as whole: pass
        return inner, (n for n in k), lambda: (lambda: j)
    class Klass[T](Base):
        def generic[U](self, v: U): yield v
        async def coroutine(self): pass
    type Alias = int
"""


def test_names_of_scopes() -> None:
    assert [(scope.qualname, scope.parent) for scope in facts_of(PROGRAM).scopes] == [
        ("", -1), ("outer", 0), ("<lambda1>", 0), ("<lambda1>.<lambda1>", 2), ("outer.inner", 1),
        ("outer.inner.<lambda1>", 4), ("outer.Local", 1), ("outer.Local.method", 6), ("outer.<lambda1>", 1),
        ("outer.<lambda1>.<lambda1>", 8), ("Klass", 0), ("Klass.generic", 10), ("Klass.coroutine", 10),
    ]  # fmt: skip


def test_bound_names_stand_in_order_of_binding() -> None:
    assert scope_of(PROGRAM, "").bound == ("a", "d", "f", "h", "outer", "Klass", "Alias")
    assert scope_of(PROGRAM, "outer").bound == (
        "p", "q", "r", "s", "t", "i", "j", "k", "l", "err", "w", "u", "z", "inner", "Local", "y", "ys", "rest", "whole",
    )  # fmt: skip
    assert scope_of(PROGRAM, "outer.inner").bound == ("t2",)
    assert scope_of(PROGRAM, "Klass").bound == ("T", "generic", "coroutine")
    assert scope_of(PROGRAM, "Klass.generic").bound == ("self", "v", "U")


def test_declared_names() -> None:
    assert scope_of(PROGRAM, "outer").global_names == ("changed",)
    assert scope_of(PROGRAM, "outer.inner").nonlocal_names == ("t",)


def test_captured_names_are_what_functions_inside_take_from_outside() -> None:
    assert scope_of(PROGRAM, "outer").captured == ("p", "q", "s", "t", "i", "j", "l")
    assert scope_of(PROGRAM, "outer.inner").captured == ("t2",)
    assert scope_of(PROGRAM, "outer.Local").captured == ()
    assert scope_of(PROGRAM, "").captured == ()


def test_generators_and_coroutines() -> None:
    kinds = {scope.qualname: (scope.is_generator, scope.is_async) for scope in facts_of(PROGRAM).scopes}
    assert kinds["Klass.generic"] == (True, False)
    assert kinds["Klass.coroutine"] == (False, True)
    assert kinds["outer"] == (False, False)


@pytest.mark.parametrize(
    ("body", "captured"),
    [
        ("[a for a in b]\n    lambda: [a for a in b]", ["b"]),
        ("lambda: [b for a in a]", ["a", "b"]),
        ("[lambda: (a, c) for a in b]", ["c"]),
        ("lambda: [(lambda: a) for a in b]", ["b"]),
        ("def g():\n        global a\n        return a", []),
        ("def g():\n        a = 1\n        return lambda: a", []),
        ("class A:\n        b = b\n        x = c", ["c"]),
        ("def g(x=a): pass", []),
        ("def g():\n        a += 1", []),
        ("def g():\n        for x in a: b = c", ["a", "c"]),
    ],
)
def test_capturing(body: str, captured: list[str]) -> None:
    assert sorted(scope_of(f"def f(a, b, c):\n    {body}", "f").captured) == captured


def test_agrees_with_the_symbol_tables_of_python() -> None:
    # Comprehensions are left out: since 3.12 their targets are among the names of the function around them.
    code = re.sub(r"\[(T|U|x for .*)\]|, \(n for n in k\)|type (?=Alias)", "", dedent(PROGRAM))
    tables = {table.get_name(): table for table in _functions(symtable.symtable(code, "program.py", "exec"))}
    functions = [scope for scope in facts_of(code).scopes if scope.kind == "function"]
    assert len(functions) == 5
    for scope in functions:
        table = tables[scope.name]
        assert set(scope.bound) == set(table.get_locals()) - set(table.get_nonlocals())


def _functions(table: symtable.SymbolTable) -> Iterator[symtable.Function]:
    if isinstance(table, symtable.Function):
        yield table
    for child in table.get_children():
        yield from _functions(child)
