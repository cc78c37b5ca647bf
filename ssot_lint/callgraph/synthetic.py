"""Methods that a library writes into a class: the `__init__` of dataclasses, attrs, named tuples, pydantic models."""

from __future__ import annotations

from dataclasses import dataclass

from ssot_lint.callgraph import lookup, writes
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Constant, Function, Instance, Value, Values, Wrapper, ordered
from ssot_lint.facts.model import Attribute, Expression, Index, Name

DECORATORS = frozenset((
    "dataclasses.dataclass", "attr.s", "attr.attrs", "attr.define", "attr.frozen", "attr.mutable", "attrs.define",
    "attrs.frozen", "attrs.mutable", "pydantic.dataclasses.dataclass",
))  # fmt: skip
# How wrappers of the values of fields are named.
FIELD, FACTORY, CONVERTER, VALIDATOR = "field", "default_factory", "converter", "validator"
# A factory that is given the instance.
FACTORY_OF_SELF = "takes_self"
FACTORIES = (FACTORY, FACTORY_OF_SELF)
# What the written `__init__` calls at its end, as far as a class has it.
POST_INITS = ("__attrs_post_init__", "model_post_init")
# What the environment may give fields of these, is not known; only of which class it makes them.
_SETTINGS = frozenset(("pydantic_settings.BaseSettings", "pydantic.BaseSettings"))
PYDANTIC = _SETTINGS | {"pydantic.BaseModel", "sqlmodel.SQLModel"}
BASES = PYDANTIC | {"typing.NamedTuple", "msgspec.Struct"}


@dataclass(frozen=True)
class Synthetic:
    """The fields of a class that gets its `__init__` written: the class that asked for it, and names in order.

    It has no `owner` if it inherits that from outside, so that an `__init__` of any class in the project comes before.
    `passed` are those that are no attributes, but arguments of `__post_init__` (`InitVar`).
    """

    owner: ClassInfo | None
    names: tuple[str, ...]
    passed: tuple[str, ...]


def synthetic_fields(frame: Frame, info: ClassInfo) -> Synthetic | None:
    """The fields of such a class, None for others."""
    owner: ClassInfo | None = None
    names: dict[str, str] = {}
    by_base = any(path in BASES for path in info.outside)
    for each in reversed(list(info.classes)):
        if by_base or each.decorators & DECORATORS:
            owner = each if each.decorators & DECORATORS else owner
            for name in each.names if any(path.startswith("attr") for path in each.decorators) else ():
                if name not in each.fields and any(map(_is_field, frame.read(("class", each, name)))):
                    names[name] = ""
            for name, annotation in each.fields.items():
                if (kind := _kind(annotation)) != "ClassVar":
                    names[name] = kind
    passed = tuple(name for name, kind in names.items() if kind == "InitVar")
    return Synthetic(owner, tuple(names), passed) if by_base or owner is not None else None


def _is_field(value: Value) -> bool:
    return isinstance(value, Wrapper) and value.name == FIELD


def _kind(annotation: Expression) -> str:
    """The name of an annotation without what stands in brackets."""
    if isinstance(annotation, Index):
        annotation = annotation.value
    if isinstance(annotation, Attribute):
        return annotation.name
    return annotation.id if isinstance(annotation, Name) else ""


def fill_fields(frame: Frame, instance: Instance, fields: Synthetic, arguments: Arguments, at: int) -> Arguments:
    """What the written `__init__` does: each field gets its argument, or its default, or what its factory makes.

    Gives what `__post_init__` is called with.
    """
    machine = frame.machine
    given = dict(zip(fields.names, arguments.positional, strict=False))
    given.update(arguments.keywords)
    is_told = _SETTINGS.isdisjoint(instance.info.outside)
    for name in fields.names:
        public = name.lstrip("_")
        values = given.get(name) or (given.get(public) if public not in fields.names else None)
        if name in fields.passed:
            continue
        _, default = lookup.find(frame, instance.info, name)
        if values is None:
            factories = [value for value in ordered(default) if isinstance(value, Wrapper) and value.name in FACTORIES]
            # Of the instance, a function is no method.
            values = frozenset(value for value in default if isinstance(value, Function))
            if not factories and not values:
                if not is_told and any(isinstance(value, Constant) for value in default):
                    default |= _of_environment(frame, instance, name)
                    writes.set_attribute(frame, frozenset((instance,)), name, default, at)
                continue
            outer, frame.filled = frame.filled, (*frame.filled, instance.info, name)
            for factory in factories:
                passed = Arguments((frozenset((instance,)),)) if factory.name == FACTORY_OF_SELF else Arguments()
                if _takes_data(instance.info, factory.value):
                    passed = Arguments((frozenset((machine.unknown,)),))
                values |= machine.call(frame, frozenset((factory.value,)), passed, at, "class")
            frame.filled = outer
            values = values if is_told else frozenset(each for each in values if isinstance(each, Instance))
        values = _converted(frame, instance, default, values, at)
        values -= _refused(frame, instance.info, name, values)
        writes.set_attribute(frame, frozenset((instance,)), name, values, at)
    for name in POST_INITS:
        method = lookup.special(frame, instance, name)
        if method:
            machine.call(frame, method, Arguments((), {}, frozenset((machine.unknown,))), at, "call")
    handed_on = [given.get(name) or lookup.find(frame, instance.info, name)[1] for name in fields.passed]
    return Arguments(tuple(handed_on))


def _takes_data(info: ClassInfo, factory: Value) -> bool:
    """Whether pydantic gives a factory the values of the fields before, as it does with one that asks for one thing."""
    parameters = factory.code.scope.parameters if isinstance(factory, Function) else ()
    asks = len(parameters) == 1 and parameters[0].default is None and parameters[0].kind.startswith("positional")
    return asks and not PYDANTIC.isdisjoint(info.outside)


def _of_environment(frame: Frame, instance: Instance, name: str) -> Values:
    """What the environment may give a field of settings: anything of the type that is written beside it."""
    return frame.machine.declared_attribute(frame, instance.info, name) or frozenset((frame.machine.unknown,))


def _converted(frame: Frame, instance: Instance, field: Values, values: Values, at: int) -> Values:
    """What the converters of a field of attrs make of a value; its validators are called with it."""
    wrappers = [value for value in ordered(field) if isinstance(value, Wrapper)]
    call = frame.machine.call
    for each in wrappers:
        if each.name == CONVERTER:
            values = call(frame, frozenset((each.value,)), Arguments((values,)), at, "callback")
    for each in wrappers:
        if each.name == VALIDATOR:
            checked = Arguments((frozenset((instance,)), frozenset((frame.machine.unknown,)), values))
            call(frame, frozenset((each.value,)), checked, at, "callback")
    return values


def _refused(frame: Frame, info: ClassInfo, name: str, values: Values) -> Values:
    """Guesses among the values that the annotation of the field does not allow."""
    for each in info.classes:
        if (annotation := each.fields.get(name)) is not None:
            return frame.machine.refused(frame, each, annotation, values)
    return NOTHING
