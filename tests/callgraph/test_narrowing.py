"""Which branches may run, against which of them Python runs."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssot_lint.callgraph.values import Instance
from tests.callgraph.small import called, graph_of, ran

VALUES = (
    "None", "True", "False", "0", "1", "1.0", "''", "'a'", "[]", "[1]", "{}", "Thing", "Thing()", "len", "Sub",
    "Color.RED", "Color.BLUE", "Color.CRIMSON", "Level.LOW", "Level.HIGH", "Text.A", "Text('a')", "Color.RED.value",
    "Text.B.value", "Level.LOW.name",
)  # fmt: skip
TESTS = (
    "x", "x is None", "x is not None", "x == 1", "x != 1", "x == 'a'", "x == 1.0", "isinstance(x, str)",
    "isinstance(x, (int, list))", "isinstance(x, object)", "isinstance(x, Thing)", "callable(x)", "inspect.isclass(x)",
    "True", "False", "1", "(y := x)", "y",
    "x == Color.RED", "x is Color.RED", "x != Color.CRIMSON", "Color.BLUE == x", "x == Level.LOW", "x == Text.A",
    "x in (Color.RED, Color.BLUE)", "x not in ('a', 1)", "x in [Text.A, 'b']", "x in KNOWN", "x == Color.RED.value",
    "x == Text.A.value", "x == NAME",  "x is NAME", "x is Thing", "x in (Thing, Sub)",
    "isinstance(x, ReferenceType)",
    "isinstance(x, (ReferenceType, Callable))", "(y := isinstance(x, Thing))", "(y := isinstance(x, (str, int)))",
)  # fmt: skip


SURROUNDINGS = """
import enum, inspect
from collections.abc import Callable
from weakref import ReferenceType
class Thing: pass
class Sub(Thing): pass
def function(): pass
class Color(enum.Enum):
    RED = 1
    BLUE = "b"
    CRIMSON = 1
class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2
class Text(str, enum.Enum):
    A = "a"
    B = "b"
KNOWN = (None, 1, "b")
NAME = "LOW"
"""


def branch(function: str, value: str, condition: str) -> str:
    """A call of a function with a value, which then calls `yes` or `no` of that function."""
    return f"""
def {function}_yes(): pass
def {function}_no(): pass
def {function}(x, y=None):
    if {condition}:
        {function}_yes()
    else:
        {function}_no()
{function}({value})
"""


def test_each_simple_branch_that_python_takes_is_reached() -> None:
    pairs = enumerate(product((*VALUES, "branching"), TESTS))
    text = f"{SURROUNDINGS}def branching(): pass\n" + "".join(branch(f"f{n}", *pair) for n, pair in pairs)
    assert {callee for _, callee in ran(text)} <= called(graph_of(text))


def conditions() -> st.SearchStrategy[str]:
    return st.recursive(
        st.sampled_from(TESTS),
        lambda inner: st.one_of(
            inner.map(lambda test: f"(not {test})"),
            st.tuples(inner, st.sampled_from(("and", "or")), inner).map(lambda parts: f"({' '.join(parts)})"),
        ),
        max_leaves=4,
    )


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(VALUES), conditions())
def test_the_branch_that_python_takes_is_reached(value: str, condition: str) -> None:
    text = SURROUNDINGS + branch("f", value, condition)
    assert {callee for _, callee in ran(text)} <= called(graph_of(text))


@pytest.mark.parametrize(
    ("value", "condition"),
    [
        ("None", "x is None"), ("None", "not x"), ("1", "x is not None"), ("1", "x == 1"), ("'a'", "x and x == 'a'"),
        ("Thing()", "x"), ("Thing()", "isinstance(x, Thing)"), ("Thing()", "x is not None and isinstance(x, Thing)"),
        ("None", "x is None or x.gone"), ("Thing", "callable(x)"), ("None", "not isinstance(x, Thing)"),
        ("None", "not callable(x)"), ("False", "not x or x is None"), ("Color.RED", "x == Color.RED"),
        ("Color.BLUE", "x != Color.RED"), ("Color.BLUE", "x is not Color.RED"), ("Text.A", "x == 'a'"),
        ("Text.A", "not x == 'b'"), ("Color.BLUE", "x not in (Color.RED, Level.LOW)"), ("'b'", "x in KNOWN"),
        ("'c'", "x not in KNOWN"), ("Level.LOW", "x == 1"), ("'b'", "x == Color.BLUE.value"), ("'LOW'", "x == NAME"),
        ("Level.LOW.name", "x == NAME"), ("Color.RED", "x != 1"), ("Sub", "x is Sub"), ("Sub", "x not in {Thing}"),
        ("Thing", "x in {Thing, Sub}"), ("Thing", "x != Sub"), ("function", "not isinstance(x, ReferenceType)"),
    ],
)  # fmt: skip
def test_the_other_branch_is_not(value: str, condition: str) -> None:
    text = SURROUNDINGS + branch("f", value, condition)
    assert called(graph_of(text)) == {"f", "f_yes"}


@pytest.mark.parametrize(
    ("value", "callees"),
    [
        ("timedelta(1)", {"f", "f_yes"}),
        ("datetime.now()", {"f", "f_yes", "f_no"}),
        ("given(1)", {"f", "f_yes", "f_no"}),
    ],
)
def test_what_a_class_outside_has_made_is_an_instance_of_it(value: str, callees: set[str]) -> None:
    text = "from datetime import datetime, timedelta\nfrom outside import given\n"
    assert called(graph_of(text + branch("f", value, "isinstance(x, timedelta)"))) == callees


@pytest.mark.parametrize("test", ["asyncio.iscoroutine(x)", "inspect.isawaitable(x)", "isawaitable(x)"])
def test_what_turns_out_to_be_a_coroutine_is_more_than_what_it_gives(test: str) -> None:
    text = f"""
import asyncio, inspect
from inspect import isawaitable
class Given:
    def run(self): pass
def use(x):
    if {test}:
        x.close()
        x.run()
use(Given())
"""
    assert "Given.run" in called(graph_of(text))


def test_a_class_equals_what_its_metaclass_says() -> None:
    text = """
class Everything(type):
    def __eq__(cls, other): return True
    def __hash__(cls): return 1
class Meta(metaclass=Everything): pass
"""
    assert {"f_yes", "f_no"} <= called(graph_of(SURROUNDINGS + text + branch("f", "Meta", "x == Thing")))


def test_classes_that_a_set_leaves_out_do_not_go_on() -> None:
    text = """
class Base:
    def __init__(self): pass
class One(Base):
    def __init__(self): pass
def use(given):
    if given not in {Base, None}:
        given()
use(Base)
use(One)
"""
    assert called(graph_of(text)) == {"use", "One.__init__"}


def test_what_follows_a_branch_that_leaves_knows_what_it_ruled_out() -> None:
    text = """
def warn(): pass
def use(x):
    if x is None:
        return
    inner(x)
def inner(x):
    if x is None:
        warn()
use(None)
use(1)
"""
    assert called(graph_of(text)) == {"use", "inner"}


@pytest.mark.parametrize("test", ["TYPE_CHECKING", "typing.TYPE_CHECKING"])
def test_what_only_type_checkers_see_does_not_run(test: str) -> None:
    text = f"""
import typing
from typing import TYPE_CHECKING
def yes(): pass
def no(): pass
if {test}:
    no()
else:
    yes()
"""
    assert called(graph_of(text)) == {"yes"}


@pytest.mark.parametrize("main", [True, False])
@pytest.mark.parametrize("test", ["__name__ == '__main__'", "not __name__ != '__main__'"])
def test_the_body_of_a_script_runs_for_the_script_only(main: bool, test: str) -> None:
    text = f"def yes(): pass\ndef no(): pass\nif {test}:\n    yes()\nelse:\n    no()"
    assert called(graph_of(text, main=main)) == {"yes" if main else "no"}


def test_a_module_that_a_script_imports_is_no_script() -> None:
    modules = {
        "app": "import other\nif __name__ == '__main__':\n    other.start()",
        "other": "def start(): pass\ndef script(): pass\nif __name__ == '__main__':\n    script()",
    }
    assert called(graph_of(modules, main=True)) == {"start"}


def test_an_instance_is_no_class() -> None:
    text = """
import inspect
class Logger:
    def __call__(self, action): pass
def made(given):
    if inspect.isclass(given):
        return given()
    return given
made(Logger())
"""
    assert called(graph_of(text)) == {"made"}


@pytest.mark.parametrize(
    ("given", "test", "taken"),
    [
        ("False", "self.on", False),
        ("True", "self.on", True),
        ("None", "self.on is not None", False),
        ("'a'", "self.on == 'b'", False),
        ("'b'", "self.on == 'b'", True),
        ("False", "not self.on", True),
        ("None", "self.on is None or self.off", True),
        ("print()", "self.on", True),
    ],
)
def test_an_attribute_that_was_just_written_decides(given: str, test: str, taken: bool) -> None:
    text = f"""
def yes(): pass
class A:
    def __init__(self, on):
        self.on = on
        if {test}:
            yes()
A({given})
"""
    assert ("yes" in called(graph_of(text))) is taken


def test_an_attribute_that_others_may_have_written_decides_nothing() -> None:
    text = """
def yes(): pass
class A:
    def __init__(self):
        self.on = False
        self.turn()
        if self.on:
            yes()
    def turn(self): self.on = True
    def later(self):
        if self.off:
            yes()
    off = False
A()
"""
    assert "yes" in called(graph_of(text))


def test_what_a_branch_leaves_out_is_still_what_the_attribute_may_be() -> None:
    text = """
class B:
    def run(self): pass
class C:
    def run(self): pass
class A:
    def __init__(self, flag):
        self.b = B() if flag else C()
        if isinstance(self.b, B):
            self.first()
        self.last()
    def first(self): pass
    def last(self): self.b.run()
A(print())
"""
    assert {"B.run", "C.run"} <= called(graph_of(text))


def test_a_class_is_no_instance_of_a_builtin() -> None:
    text = """
class A: pass
def yes(): pass
def no(): pass
def use(given):
    if isinstance(given, (dict, str)):
        no()
    if isinstance(given, type):
        yes()
use(A)
"""
    assert called(graph_of(text)) == {"use", "yes"}


def test_a_variable_of_the_function_around_decides() -> None:
    text = """
def one(a): pass
def two(a, b): pass
def visit(call, context=None):
    def inner(value):
        if context is not None:
            return call(value, context)
        return call(value)
    inner(1)
visit(one)
visit(two, 3)
"""
    graph = graph_of(text)
    assert {"one", "two"} <= called(graph)
    assert not [site.call.problem for site in graph.call_sites() if site.call.problem]


def test_a_variable_that_is_bound_later_decides_nothing() -> None:
    text = """
def yes(): pass
def outer():
    ready = False
    def inner():
        if ready:
            yes()
    ready = True
    inner()
def again():
    ready = None
    def make():
        nonlocal ready
        ready = 1
    def inner():
        if ready is not None:
            yes()
    make()
    inner()
def twice(ready):
    def inner():
        if ready:
            yes()
    inner()
    if not ready:
        ready = True
    inner()
outer()
again()
twice(False)
"""
    sites = [site for site in graph_of(text).call_sites() if site.call.target.endswith(".yes")]
    assert len({site.node.symbol for site in sites}) == 3


SHAPES = """
class Base:
    def run(self): pass
class Square(Base):
    def run(self): pass
    def turn(self): pass
class Circle(Base):
    def run(self): pass
Square(), Circle()
"""
HELD = "class Holder:\n    def __init__(self, x): self.x = x\nheld = Holder(eval(''))\n"


@pytest.mark.parametrize(
    "use",
    [
        "def use(x: Base):\n    if isinstance(x, Square): x.run(), x.turn()",
        "def use(x):\n    if isinstance(x, Square) and x.run(): x.turn()",
        "def use(x):\n    if not isinstance(x, (Square, int)): return\n    x.run(), x.turn()",
        "def use(x: Base):\n    match x:\n        case Square(): x.run(), x.turn()",
        "def use(x):\n    match x:\n        case Square() as y if y.run(): x.turn()",
        "def use(x):\n    if isinstance(y := eval(x), Square): y.run(), y.turn()",
        HELD + "def use():\n    if isinstance(held.x, Square):\n        for each in (held.x.run, held.x.turn): each()",
    ],
)
def test_what_is_an_instance_of_a_class_has_its_methods(use: str) -> None:
    found = called(graph_of(SHAPES + use, "use"))
    assert found - {"use", "Holder.__init__"} == {"Square.run", "Square.turn"}


def test_who_is_known_to_be_an_instance_is_no_other_one() -> None:
    use = "def use(x):\n    if isinstance(x, Base): x.run()\nuse(Square())\nuse(Square() if eval('') else eval(''))"
    assert called(graph_of(SHAPES + use)) == {"use", "Square.run"}


def test_an_annotated_class_is_no_builtin_unless_a_class_below_it_is() -> None:
    use = "def use(x: Base):\n    if isinstance(x, (dict, Exception)): x.run()"
    assert "Base.run" not in called(graph_of(SHAPES + use, "use"))
    below = "class Odd(Base, dict): pass\nOdd()\n"
    assert "Base.run" in called(graph_of(SHAPES + below + use, "use"))


def test_where_a_test_rules_out_all_that_an_attribute_is_known_to_hold_it_is_read_as_anything() -> None:
    """Others may have put it there; what is known to be there lacks what is read of it."""
    base = "class Text: pass\nclass Many:\n    def __init__(self, parts): self.parts = parts\n"
    use = "class Linter:\n    def __init__(self): self.set(Text())\n    def set(self, out): self.out = out\n"
    use += "    def check(self):\n        if isinstance(self.out, Many): return self.out.parts\nLinter().check()\n"
    missing = [each for node in graph_of(base + use).nodes.values() for each in node.activation.missing]
    assert not [each for each in missing if isinstance(each.owner, Instance) and each.owner.info.symbol == "app.Text"]


def test_what_an_initialiser_has_set_is_so_however_many_instances_share_its_analysis() -> None:
    text = """
def warn(): pass
def greet(): pass
class Group:
    def __init__(self, name, old=False):
        self.old = old
        if self.old: warn()
        else: greet()
"""
    made = "".join(f"group{number} = Group('{number}')\n" for number in range(30))
    assert "greet" in called(graph_of(text + made))
    assert "warn" not in called(graph_of(text + made))
    assert "warn" in called(graph_of(text + made + "Group('old', old=True)\n"))


@pytest.mark.parametrize(("value", "reached"), [("One()", {"one"}), ("Two()", {"two"}), ("given()", {"one", "two"})])
def test_a_variable_that_keeps_what_a_value_is_decides(value: str, reached: set[str]) -> None:
    code = f"""
from outside import given
class One: pass
class Two: pass
def one(): pass
def two(): pass
def choose(value):
    is_one = isinstance(value, One)
    if is_one:
        one()
    else:
        two()
choose({value})
"""
    assert called(graph_of(code)) == {"choose", *reached}


@pytest.mark.parametrize(
    ("change", "reached"),
    [
        ("", {"without"}),
        ("options['key'] = 1", {"within", "without"}),
        ("options.update(given())", {"within", "without"}),
        ("fill(options)", {"within", "without"}),
    ],
)
def test_a_keyword_that_no_caller_gives_is_not_there(change: str, reached: set[str]) -> None:
    code = f"""
from outside import fill, given
def within(): pass
def without(): pass
def choose(**options):
    {change}
    if "key" in options:
        within()
    else:
        without()
choose(other=1)
"""
    assert called(graph_of(code)) >= {"choose", *reached}
    assert bool(change) or "within" not in called(graph_of(code))


@pytest.mark.parametrize("change", ["options.pop('key')", "del options['key']", "drop(options)", "pass"])
def test_a_keyword_that_a_caller_gives_may_be_taken_out(change: str) -> None:
    code = f"""
def within(): pass
def without(): pass
def drop(options): options.pop("key")
def choose(**options):
    {change}
    if "key" in options:
        within()
    else:
        without()
choose(key=1)
"""
    assert called(graph_of(code)) >= {"within", "without"}


@pytest.mark.parametrize(
    "checkable",
    [
        "@typing.runtime_checkable\nclass Closes(typing.Protocol):\n    def close(self): ...",
        "class Closes:\n    @classmethod\n    def __subclasshook__(cls, other): return hasattr(other, 'close')",
        "class Asks(type):\n    def __instancecheck__(cls, thing): return True\nclass Closes(metaclass=Asks): pass",
    ],
)
def test_a_class_that_says_itself_what_is_its_instance_rules_nothing_out(checkable: str) -> None:
    code = f"""
import typing
{checkable}
class File:
    def close(self): pass
def end(thing):
    if isinstance(thing, Closes):
        thing.close()
end(File())
"""
    assert "File.close" in called(graph_of(code))
