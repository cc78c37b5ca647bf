"""Methods that a library writes into a class: the `__init__` of dataclasses, attrs, named tuples, pydantic models."""

from __future__ import annotations

from dataclasses import dataclass

from ssot_lint.callgraph import lookup, writes
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Function, Instance, Values, Wrapper, ordered
from ssot_lint.facts.model import Attribute, Expression, Index, Name

DECORATORS = frozenset((
    "dataclasses.dataclass", "attr.s", "attr.attrs", "attr.define", "attr.frozen", "attr.mutable", "attrs.define",
    "attrs.frozen", "attrs.mutable", "pydantic.dataclasses.dataclass",
))  # fmt: skip
BASES = frozenset(("typing.NamedTuple", "pydantic.BaseModel", "msgspec.Struct", "sqlmodel.SQLModel"))


@dataclass(frozen=True)
class Synthetic:
    """The fields of a class that gets its `__init__` written: the class that asked for it, and names in order.

    It has no `owner` if it inherits that from outside, so that an `__init__` of any class in the project comes before.
    `passed` are those that are no attributes, but arguments of `__post_init__` (`InitVar`).
    """

    owner: ClassInfo | None
    names: tuple[str, ...]
    passed: tuple[str, ...]


def synthetic_fields(info: ClassInfo) -> Synthetic | None:
    """The fields of such a class, None for others."""
    owner: ClassInfo | None = None
    names: dict[str, str] = {}
    by_base = any(path in BASES for path in info.outside)
    for each in reversed(list(info.classes)):
        if by_base or each.decorators & DECORATORS:
            owner = each if each.decorators & DECORATORS else owner
            for name, annotation in each.fields.items():
                if (kind := _kind(annotation)) != "ClassVar":
                    names[name] = kind
    passed = tuple(name for name, kind in names.items() if kind == "InitVar")
    return Synthetic(owner, tuple(names), passed) if by_base or owner is not None else None


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
    for name in fields.names:
        values = given.get(name)
        if name in fields.passed:
            continue
        if values is None:
            _, default = lookup.find(frame, instance.info, name)
            factories = [value for value in ordered(default) if isinstance(value, Wrapper)]
            # Of the instance, a function is no method.
            values = frozenset(value for value in default if isinstance(value, Function))
            if not factories and not values:
                continue
            for factory in factories:
                values |= machine.call(frame, frozenset((factory.value,)), Arguments(), at, "class")
        values -= _refused(frame, instance.info, name, values)
        writes.set_attribute(frame, frozenset((instance,)), name, values, at)
    passed = [given.get(name) or lookup.find(frame, instance.info, name)[1] for name in fields.passed]
    return Arguments(tuple(passed))


def _refused(frame: Frame, info: ClassInfo, name: str, values: Values) -> Values:
    """Guesses among the values that the annotation of the field does not allow."""
    for each in info.classes:
        if (annotation := each.fields.get(name)) is not None:
            return frame.machine.refused(frame, each, annotation, values)
    return NOTHING
