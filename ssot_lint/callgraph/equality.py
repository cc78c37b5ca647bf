"""Whether two values are equal, as far as that is known: constants, members of enumerations, and classes."""

from __future__ import annotations

from ssot_lint.callgraph.containers import MEMBER, exact, has_all
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.lookup import is_enum
from ssot_lint.callgraph.values import (
    Bound,
    Class,
    Constant,
    Container,
    Function,
    Instance,
    Value,
    Values,
    ordered,
)


def member_name(value: Value) -> str | None:
    """The name of a member of an enumeration that is told apart from the others, else None."""
    if isinstance(value, Instance) and isinstance(value.key, tuple) and value.key[0] == MEMBER:
        return str(value.key[1])
    return None


def member_value(frame: Frame, value: Instance, name: str) -> Values:
    """What the body of its class binds a member to: its `value`, unless the class makes something else of it."""
    if "__new__" in value.info.names or "_generate_next_value_" in value.info.names:
        return frozenset((frame.machine.unknown,))
    return frame.read(("class", value.info, name))


def is_decidable(value: Value) -> bool:
    """Whether comparing the value with another of its kind tells anything."""
    return isinstance(value, (Constant, Class)) or member_name(value) is not None


def are_equal(frame: Frame, value: Value, wanted: Value, *, same_type: bool) -> bool | None:
    """Whether the values are equal (where `same_type`: identical, so that 1 is not True); None if not known."""
    if isinstance(value, Constant) and isinstance(wanted, Constant):
        return value.value == wanted.value and (not same_type or type(value.value) is type(wanted.value))
    if isinstance(wanted, Constant) and wanted.value is None:
        return False if isinstance(value, (Function, Bound, Class, Instance, Container)) else None
    if isinstance(value, Class) and isinstance(wanted, Class):
        return _is_same_class(value, wanted)
    members = [member_name(each) for each in (value, wanted)]
    if isinstance(value, Instance) and isinstance(wanted, Instance) and all(members) and value.info is wanted.info:
        return value is wanted or _may_be_alias(frame, value, wanted)
    if any(members) and not same_type:
        return _are_values_equal(frame, value, wanted)
    return None


def _is_same_class(value: Class, wanted: Class) -> bool | None:
    """A class is itself and no other, unless a metaclass may say so; one in a function is another each time."""
    if value.open or wanted.open or value.info.metaclasses or wanted.info.metaclasses:
        return None
    if value.info is wanted.info:
        return True if value.info.activation.function is None else None
    return None if value.info.unknown_base or wanted.info.unknown_base else False


def _may_be_alias(frame: Frame, value: Instance, wanted: Instance) -> bool | None:
    """Members of one class are unlike, unless both names are bound to the same value."""
    mine, other = (_known(frame, each) for each in (value, wanted))
    return False if mine is not None and other is not None and mine.value != other.value else None


def _are_values_equal(frame: Frame, value: Value, wanted: Value) -> bool | None:
    """A member of a plain enumeration equals nothing else; one that is a string or a number too, its value."""
    plain = [
        isinstance(each, Instance) and all(is_bare(base) for base in each.info.outside) for each in (value, wanted)
    ]
    if any(plain) and all(is_decidable(each) for each in (value, wanted)):
        return False
    mine, other = (_known(frame, each) for each in (value, wanted))
    return mine.value == other.value if mine is not None and other is not None else None


def is_bare(base: str) -> bool:
    """Whether a base outside the project only makes an enumeration."""
    return base in ("enum.Enum", "enum.Flag")


def _known(frame: Frame, value: Value) -> Constant | None:
    if isinstance(value, Constant):
        return value
    name = member_name(value)
    if not isinstance(value, Instance) or name is None or not is_enum(value.info):
        return None
    values = ordered(member_value(frame, value, name))
    return values[0] if len(values) == 1 and isinstance(values[0], Constant) else None


def are_among(frame: Frame, value: Value, container: Values) -> bool | None:
    """Whether the value is in the container (`in`); None if not known."""
    only = next(iter(container), None)
    if len(container) == 1 and isinstance(only, Container) and only.type == "dict":
        return True if has_all(frame, only, frozenset((value,))) else None
    items = exact(frame, only) if len(container) == 1 and isinstance(only, Container) else None
    return None if items is None else is_one_of(frame, value, items)


def is_one_of(frame: Frame, value: Value, items: list[Values]) -> bool | None:
    """Whether the value equals one of the items, of each of which is given what it may be; None if not known."""
    if any(len(item) != 1 for item in items):
        return None
    answers = [are_equal(frame, value, each, same_type=False) for item in items for each in item]
    return True if True in answers else None if None in answers else False
