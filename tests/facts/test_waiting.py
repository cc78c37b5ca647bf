"""Bodies that are read later give the facts that reading the whole file at once gives."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.comments import MARK
from ssot_lint.facts.bodies import attach, read_body
from ssot_lint.facts.encoding import decode, encode
from ssot_lint.facts.extract import extract, extract_outline
from ssot_lint.facts.model import ModuleFacts, Scope, Unread, Unreadable
from tests.facts.programs import statements

FILES = sorted((Path(__file__).parents[2] / "ssot_lint").rglob("*.py"))
LONG = f'    "{"so long that it is worth waiting. " * 8}"\n'


def outline_of(source: str) -> ModuleFacts:
    facts = extract_outline(source.encode())
    assert isinstance(facts, ModuleFacts), facts
    return facts


def whole(source: bytes) -> ModuleFacts | Unreadable:
    """The facts of a file whose bodies were all read later."""
    facts = decode(encode(extract_outline(source)))
    assert facts is not None
    if isinstance(facts, Unreadable):
        return facts

    def read(function: Scope, unread: Unread) -> list[Scope]:
        found = read_body(source[unread.start : unread.end], function, unread)
        assert isinstance(found, list), found
        assert len(found) == unread.inner + 1
        return found

    attach(facts, read)
    for scope in facts.scopes:
        scope.complete()
    facts.unread.clear()
    return facts


def waits(body: str, header: str = "def f(self, a):") -> bool:
    """Whether the body of a function waits."""
    return bool(outline_of(f"class A:\n    {header}\n    " + LONG + indent(dedent(body), " " * 8)).unread)


@given(
    st.lists(st.tuples(st.sampled_from(["def f(a):", "async def f(self, a=1, *, b: int):"]), statements), max_size=4)
)
def test_what_is_read_later_is_what_is_read_at_once(functions: list[tuple[str, list[str]]]) -> None:
    parts = [f"{header}\n{LONG}{indent(chr(10).join(body), '    ')}\n" for header, body in functions]
    nested = "".join(f"class C{n}:\n{indent(part, '    ')}" for n, part in enumerate(parts))
    for source in ("".join(parts), nested, f"if x:\n{indent(''.join(parts) or 'pass', '  ')}\n"):
        assert whole(source.encode()) == extract(source.encode())


@pytest.mark.parametrize("path", FILES[::7], ids=lambda path: path.stem)
def test_of_real_files_too(path: Path) -> None:
    content = path.read_bytes()
    if MARK not in content:
        assert whole(content) == extract(content)


@pytest.mark.parametrize(
    "body",
    ["x = a", "self.x = a", "def g(b):\n    return lambda: (b, a)\ng(1)", "from a import b\nb()", "x = '''\n  (\n'''",
     "self.x += a.b(c=1)", "a[b.c] = 1", "if a.b == c: pass", "with a as b: pass", "for x in a.b: pass"],
)  # fmt: skip
def test_a_body_that_matters_to_nothing_outside_of_it_waits(body: str) -> None:
    assert waits(body)


@pytest.mark.parametrize(
    "body",
    ["yield a", "global g\ng = 1", "a.x = 1", "a().x: int = 1", "self.a.x = 1", "x, a.y = 1, 2", "a.y, x = 1, 2",
     "for a.x in b: pass", "with a as b.x: pass", "setattr(a, 'x', 1)", "a.__dict__['x'] = 1", "vars(a)['x'] = 1",
     "sys.modules['a'] = b", "if TYPE_CHECKING: import x", "if a: import x", "x = 1; import y",
     "match a:\n    case 1: pass", "try: pass\nexcept* A: pass", "x = f'{(lambda: 1)()}'"],
)  # fmt: skip
def test_what_is_told_of_a_whole_file_does_not_wait(body: str) -> None:
    assert not waits(body)


def test_what_may_read_settings_does_not_wait() -> None:
    assert not waits("return os.environ['X']")
    long = f"    def f(self):\n    {LONG}"
    assert outline_of(f"class A:\n{long}").unread
    assert outline_of(f"class A:\n{long}    def g(self):\n        return os.environ['X']\n").unread


def test_imports_of_what_waits_are_known() -> None:
    body = "from a import (\n    b,\n    c,\n)\nif x:\n    import d.e\n"
    facts = outline_of("def f():\n" + LONG + indent(body, "    "))
    assert facts.unread
    assert [(each.module, each.names, each.deferred) for each in facts.imports] == [
        ("a", ("b", "c"), True),
        ("d.e", (), True),
    ]


def test_short_bodies_and_files_that_do_not_compile_do_not_wait() -> None:
    assert not outline_of("def f():\n    return 1\n").unread
    assert not outline_of("return 1\ndef f(a):\n" + LONG + "    return a\n").unread
    broken = b"def f(a):\n" + LONG.encode() + b"    return (a\n"
    assert extract_outline(broken) == extract(broken)


def test_the_scopes_of_what_waits_have_the_numbers_that_they_will_have() -> None:
    source = "def f(a):\n" + LONG + "    def g():\n        return lambda: a\n    return g\ndef h():\n    pass\n"
    facts = outline_of(source)
    assert [unread.inner for unread in facts.unread] == [2]
    assert [scope.name for scope in facts.scopes] == ["", "f", "<unread>", "<unread>", "h"]
    read = extract(source.encode())
    assert isinstance(read, ModuleFacts)
    assert [scope.name for scope in read.scopes] == ["", "f", "g", "<lambda1>", "h"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\n\r"])
def test_lines_may_end_in_any_way(ends: str) -> None:
    lines = [
        "x = 1",
        "def f(a):",
        LONG.rstrip(),
        "    return (",
        "a)",
        "class A:",
        "\tdef g(self):",
        f"\t{LONG.strip()}",
        "y",
    ]
    source = "".join(line + ends for line in lines)
    assert whole(source.encode()) == extract(source.encode())


def test_a_file_whose_lines_end_in_two_ways() -> None:
    source = f"x = 1\ndef f(a):\r{LONG.rstrip()}\r    return a\ny = 2\r"
    assert outline_of(source).unread
    assert whole(source.encode()) == extract(source.encode())
