from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.facts.alike import moved
from ssot_lint.facts.bodies import attach, read_body
from ssot_lint.facts.extract import extract, extract_outline
from ssot_lint.facts.locate import locate
from ssot_lint.facts.model import ModuleFacts, Scope, Site, Unread

BODIES = [
    "    return call(one)[0].name",
    "    with open(one) as file:\n        return [each + 1 for each in file]",
    "    import os\n    return os.path.join(*one, **{'a': -1})",
    "    def inner(two=one):\n        return two\n    return inner",
]
MORE = ["    print(1)", "    two = one", "    for three in one: three()", "    assert call(2), 'no'"]


def source(bodies: list[str]) -> str:
    functions = [
        f"@decorated({number})\ndef function{number}(one=default()):\n{body}\n" for number, body in enumerate(bodies)
    ]
    return "from outside import *\n\n" + "\n".join(functions) + "\nclass Last(Base):\n    field: int = call()\n"


def facts(text: str) -> ModuleFacts:
    found = extract(text.encode())
    assert isinstance(found, ModuleFacts)
    return found


def texts(text: str) -> dict[Site, str]:
    """What stands at each site."""
    lines = text.splitlines(keepends=True)
    begins = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    return {
        site: text[begins[at.line - 1] + at.column - 1 : begins[at.end_line - 1] + at.end_column - 1]
        for site, at in locate(text.encode()).items()
    }


@given(st.permutations(BODIES), st.integers(0, 3), st.sampled_from(MORE))
def test_sites_move_to_where_the_same_text_stands(bodies: list[str], changed: int, more: str) -> None:
    old = source(bodies)
    new = source([f"{more}\n{body}" if number == changed else body for number, body in enumerate(bodies)])
    scopes = facts(old).scopes
    unseen = {number for number, scope in enumerate(scopes) if scope.qualname.startswith(f"function{changed}")}
    became = moved(facts(old), facts(new), set(range(len(scopes))) - unseen)
    assert became is not None
    assert not became.added
    before, after = texts(old), texts(new)
    for number in (0, *unseen):  # these hold what has changed
        became.sites.pop(scopes[number].at)
    assert [before[site] for site in became.sites] == [after[site] for site in became.sites.values()]
    assert moved(facts(old), facts(new), range(len(scopes))) is None


@given(st.permutations(BODIES))
def test_without_a_change_nothing_moves(bodies: list[str]) -> None:
    text = source(bodies)
    became = moved(facts(text), facts(text + "# a comment\n"), range(len(facts(text).scopes)))
    assert became is not None
    assert all(old == new for old, new in became.sites.items())


@given(st.permutations(BODIES), st.integers(0, 4), st.sampled_from([each for each in BODIES if "import" not in each]))
def test_a_function_more_moves_the_sites_of_the_others(bodies: list[str], place: int, body: str) -> None:
    old, new = source(bodies), source(bodies)
    mark = f"@decorated({place})\n" if place < len(bodies) else "\nclass Last"
    new = new.replace(mark, f"def one_more(one: str = 'a', *rest) -> None:\n{body}\n\n\n{mark}")
    became = moved(facts(old), facts(new), range(len(facts(old).scopes)))
    assert became is not None
    assert became.added == ["one_more"]
    before, after = texts(old), texts(new)
    assert became.sites.pop(0, 0) == 0
    assert [before[site] for site in became.sites] == [after[site] for site in became.sites.values()]


@given(
    st.sampled_from(
        [
            "later = 1\n",
            "import os\n",
            "function0 = None\n",
            "def function0(): pass\n",
            "def print(): pass\n",
            "@decorated\ndef more(): pass\n",
            "def more(one=call()): pass\n",
            "def more(one: Unknown): pass\n",
            "def more():\n    global function0\n    function0 = None\n",
            "def more():\n    import os\n",
            "class More: pass\n",
            "if function0():\n    def more(): pass\n",
        ]
    )
)
def test_what_the_module_itself_does_counts(more: str) -> None:
    text = source(BODIES)
    assert moved(facts(text), facts(text + more), [0]) is None


FUNCTION = "def f(one, two=2):\n    {}\n"


def is_as_good(old: str, new: str, counted: Callable[[int], int] = lambda _: 0) -> bool:
    """Whether one body of a function that was looked into is as good as the other."""
    return moved(facts(FUNCTION.format(old)), facts(FUNCTION.format(new)), {0, 1}, counted) is not None


@pytest.mark.parametrize("more", ["x = 1", "x = 'made up'", "x = 1\n    x = None", "x = 1; y = b''"])
def test_a_store_that_nothing_reads_changes_nothing(more: str) -> None:
    body = "return one.call(two)"
    assert is_as_good(body, f"{more}\n    {body}")
    assert is_as_good(f"{more}\n    {body}", body)
    assert is_as_good(f"if one:\n        x = 1\n        two()\n    {body}", f"if one:\n        two()\n    {body}")


@pytest.mark.parametrize(
    ("more", "body"),
    [
        ("x = 1", "return x"),
        ("x = y = 1", "return one"),
        ("x = one", "return two"),
        ("x = 1", "return locals()"),
        ("x = 1", "return lambda: x"),
        ("x = 1", "raise ValueError"),
        ("x = 1", "return"),
        ("x = 1", "print(one)"),
        ("two = 1", "return one"),
        ("global x\n    x = 1", "return one"),
        ("x = 1\n    x += 1", "return one"),
        ("x = 1\n    del x", "return one"),
    ],
)
def test_a_store_that_something_may_read_changes_something(more: str, body: str) -> None:
    assert not is_as_good(body, f"{more}\n    {body}")


def test_of_two_functions_of_one_name_only_the_one_that_was_looked_at_is_read() -> None:
    body = "    return x.a('long enough to wait')\n" * 10
    text = f"@overload\ndef f(x):\n{body}\n@overload\ndef f(x):\n{body}\n"
    old, new = outlined(text), outlined(f"{text}\ndef more(name):\n    return name.upper()\n")
    found = moved(old, new, [0, 2])
    assert found is not None
    assert found.added == ["more"]


def outlined(text: str) -> ModuleFacts:
    """The facts of a text whose first function must not be read."""
    facts = extract_outline(text.encode())
    assert isinstance(facts, ModuleFacts)
    assert [unread.scope for unread in facts.unread] == [1, 2]

    def read(function: Scope, unread: Unread) -> list[Scope]:
        assert unread.scope != 1
        found = read_body(text.encode()[unread.start : unread.end], function, unread)
        assert isinstance(found, list)
        return found

    attach(facts, read)
    return facts


def test_the_size_of_a_large_function_matters() -> None:
    assert not is_as_good("return one(two)", "x = 1\n    return one(two)", int)
