"""The order in which attributes are looked up, against what Python itself does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.callgraph.small import called, edges, graph_of


@st.composite
def hierarchies(draw: st.DrawFn) -> list[tuple[list[int], bool]]:
    """Classes by number: the numbers of their bases, and whether they define the method."""
    found: list[tuple[list[int], bool]] = []
    for number in range(draw(st.integers(1, 7))):
        bases = draw(st.lists(st.sampled_from(range(number)), unique=True, max_size=3)) if number else []
        found.append((bases, draw(st.booleans())))
    return found


@settings(max_examples=40, deadline=None)
@given(hierarchies())
def test_a_method_is_that_of_the_first_class_in_pythons_order(classes: list[tuple[list[int], bool]]) -> None:
    made: list[type] = []
    lines: list[str] = []
    for number, (bases, defines) in enumerate(classes):
        try:
            made.append(type(f"C{number}", tuple(made[base] for base in bases), {"f": number} if defines else {}))
        except TypeError:
            return  # Python refuses this hierarchy
        lines += [
            f"class C{number}({', '.join(f'C{base}' for base in bases)}):",
            "    def f(self): pass" if defines else "    pass",
        ]
    lines += [f"C{len(made) - 1}().f()"]
    chosen = getattr(made[-1], "f", None)
    assert called(graph_of("\n".join(lines))) == ({f"C{chosen}.f"} if chosen is not None else set())


@settings(max_examples=40, deadline=None)
@given(hierarchies())
def test_super_goes_on_in_the_order_of_the_instance(classes: list[tuple[list[int], bool]]) -> None:
    made: list[type] = []
    lines = ["class Root:", "    def f(self): pass"]
    for number, (bases, _) in enumerate(classes):
        try:
            made.append(type(f"C{number}", tuple(made[base] for base in bases), {}))
        except TypeError:
            return
        lines += [
            f"class C{number}({', '.join(f'C{base}' for base in bases) or 'Root'}):",
            "    def f(self): super().f()",
        ]
    lines += [f"C{len(made) - 1}().f()"]
    wanted = {f"{each.__name__}.f" for each in made[-1].__mro__[:-1]} | {"Root.f"}
    assert called(graph_of("\n".join(lines))) == wanted


def test_an_order_that_python_refuses_still_ends() -> None:
    text = "class A: pass\nclass B(A):\n    def f(self): pass\nclass C(A, B): pass\nC().f()"
    assert called(graph_of(text)) == {"B.f"}


def test_methods_of_one_name_are_told_apart_by_their_class() -> None:
    text = """
class Stripe:
    def charge(self): return pay()
class Paypal:
    def charge(self): return refund()
def pay(): pass
def refund(): pass
def run(provider): provider.charge()
run(Stripe())
"""
    assert called(graph_of(text)) == {"run", "Stripe.charge", "pay"}


def test_a_class_that_derives_from_itself_ends() -> None:
    text = "while x():\n    class A(globals().get('A', object)):\n        def f(self): pass\nA().f()\ndef x(): pass"
    assert "A.f" in called(graph_of(text))


def test_a_dataclass_with_options_is_one() -> None:
    code = """
import dataclasses
from dataclasses import dataclass

def first(): pass
def second(): pass

@dataclass(frozen=True)
class Plain:
    hook: object
    def __post_init__(self): self.hook()

@dataclasses.dataclass(kw_only=True)
class Named:
    hook: object = dataclasses.field(default_factory=second)

Plain(first)
Named()
"""
    assert {"first", "second", "Plain.__post_init__"} <= called(graph_of(code))


def test_an_attribute_that_a_class_inherits_from_outside_has_attributes() -> None:
    code = """
from flask import Flask

class Server(Flask): pass

class Initialiser:
    def __init__(self, server): pass
    def run(self): pass

server = Server(__name__)
server.config.get("INITIALISER", Initialiser)(server).run()
"""
    assert {"Initialiser.__init__", "Initialiser.run"} <= called(graph_of(code))


def test_super_in_a_metaclass_goes_on_with_the_class_as_its_instance() -> None:
    text = """
class A(type):
    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        cls.setup(namespace)
    def setup(cls, namespace): used(namespace)
class B(A):
    def setup(cls, namespace):
        super().setup(namespace)
class C(metaclass=B): pass
def used(namespace): pass
"""
    graph = graph_of(text)
    assert "app.A.setup" in edges(graph)["app.B.setup"]
    assert not [site.call.problem for site in graph.call_sites() if site.call.problem]


def test_the_namespace_that_a_metaclass_is_given_is_no_modules() -> None:
    text = """
class Meta(type):
    def __new__(mcs, name, bases, namespace):
        namespace["run"](namespace["missing"])
        return super().__new__(mcs, name, bases, namespace)
class One(metaclass=Meta):
    def run(self): pass
"""
    graph = graph_of(text)
    assert "One.run" in called(graph)
    assert all(isinstance(module, str) for module, _ in graph.unbound)


def test_a_function_that_is_the_default_of_a_field_is_no_method() -> None:
    text = """
import dataclasses, typing
class Setting(typing.NamedTuple):
    name: str
    change: typing.Callable = lambda value: used(value)
@dataclasses.dataclass
class Data:
    change: typing.Callable = lambda value: used(value)
def used(value): pass
Setting("a").change(1)
Data().change(1)
Data(change=used).change(1)
"""
    graph = graph_of(text)
    assert "used" in called(graph)
    assert not [site.call.problem for site in graph.call_sites() if site.call.problem]


def test_a_metaclass_makes_instances_by_type_call() -> None:
    text = (
        "class Meta(type):\n    def __call__(cls, *args, **kwargs): return type.__call__(cls, *args, **kwargs)\n"
        "class One(metaclass=Meta):\n    def __init__(self, x, *, y): x()\n    def go(self): pass\n"
        "def given(): pass\nOne(given, y=1).go()\n"
    )
    assert {"Meta.__call__", "One.__init__", "One.go", "given"} <= called(graph_of(text))


def test_what_is_caught_is_what_the_program_raises_of_the_class() -> None:
    text = (
        "class Fault(Exception):\n    def show(self): pass\nclass Gone(Fault):\n    def show(self): pass\n"
        "def use():\n    try:\n        raise Gone()\n    except Fault as fault:\n        fault.show()\nuse()\n"
    )
    found = called(graph_of(text))
    assert "Gone.show" in found
    assert "Fault.show" not in found


def test_a_deleted_attribute_shows_that_of_the_class_again() -> None:
    text = (
        "def other(): pass\nclass One:\n    def go(self): pass\n"
        "def use():\n    one = One()\n    one.go = other\n    del one.go\n    one.go()\nuse()\n"
    )
    assert edges(graph_of(text))["app.use"] == {"app.One.go"}


def test_a_model_below_one_with_an_init_of_its_own_is_made_by_that() -> None:
    text = """
from dataclasses import dataclass
from pydantic import BaseModel
class Base(BaseModel):
    def __init__(self, **values):
        super().__init__(**values)
        self.begin()
    def begin(self): self.service.start()
class Model(Base):
    service: object
class Other(Base):
    def __init__(self): self.end()
    def end(self): pass
class Plain:
    def __init__(self): self.never()
    def never(self): pass
@dataclass
class Written(Plain):
    name: str
class Service:
    def start(self): pass
Model(service=Service())
Other()
Written("a")
"""
    assert called(graph_of(text)) == {
        "Base.__init__", "Base.begin", "Service.start", "Other.__init__", "Other.end",
    }  # fmt: skip


def test_fields_of_attrs_are_converted_checked_and_set_by_their_public_names() -> None:
    text = """
import attr
from attrs import define, field
def convert(value): return Made()
def check(instance, attribute, value): value.checked()
class Made:
    def checked(self): pass
    def run(self): pass
class Given:
    def run(self): pass
@define
class New:
    _given: object
    made: object = field(converter=convert, validator=[check])
    def __attrs_post_init__(self): self._given.run()
@attr.s
class Old:
    given = attr.ib()
    others = attr.ib(factory=list)
New(given=Given(), made=1).made.run()
Old(Given()).given.run()
"""
    found = edges(graph_of(text))
    assert found["app"] >= {
        "app.New.__attrs_post_init__", "app.convert", "app.check", "app.Made.run", "app.Given.run",
    }  # fmt: skip
    assert "app.Given.run" in found["app.New.__attrs_post_init__"]
    assert found["app.check"] == {"app.Made.checked"}


def test_what_a_copy_gets_is_not_what_every_instance_has() -> None:
    text = """
class Step:
    def __init__(self, function): self.function = function
    def run(self): self.function()
    def replaced(self, function): return self.__class__(function)
def one(): pass
def two(): pass
first = Step(one)
def start(): first.run()
def other(step: Step): step.replaced(two).run()
"""
    graph = graph_of(text, "start", "other")
    runs = [node for node in graph.nodes.values() if node.symbol == "app.Step.run"]
    assert {frozenset(call.target for call in node.calls) for node in runs} == {
        frozenset(["app.one"]),
        frozenset(["app.two"]),
    }


@pytest.mark.parametrize("there", ["self", "model"])
def test_a_class_may_be_put_in_the_place_of_that_of_an_instance(there: str) -> None:
    text = """
class Model:
    def become(self, cls):
        self.__class__ = type("Made", (cls, Model), {})
        self.use()
    def use(self): raise NotImplementedError
class Real:
    def use(self): self.done()
    def done(self): pass
model = Model()
model.become(Real)
model.use()
"""
    graph = graph_of(text)
    assert edges(graph)["app.Model.become" if there == "self" else "app"] >= {"app.Model.use", "app.Real.use"}
    assert "app.Real.done" in edges(graph)["app.Real.use"]
    sure = {call.target for node in graph.nodes.values() for call in node.calls if call.certainty == "certain"}
    assert not sure & {"app.Model.use", "app.Real.use"}


def test_an_unknown_class_in_that_place_may_do_anything() -> None:
    text = "class Model:\n    def use(self): pass\nmodel = Model()\nmodel.__class__ = load()\nmodel.use()\n"
    text = f"from elsewhere import load\n{text}"
    uses = [call for node in graph_of(text).nodes.values() for call in node.calls if call.target == "app.Model.use"]
    assert [call.certainty for call in uses] != ["certain"]
