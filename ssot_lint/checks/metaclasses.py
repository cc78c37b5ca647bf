"""Class statements whose bases have metaclasses of which none derives from the others."""

from __future__ import annotations

from typing import NamedTuple

from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.outside import MODELS
from ssot_lint.callgraph.values import Class, External, Value

_ABSTRACT = "abc.ABCMeta"
_ENUMERATING = "enum.EnumMeta"
_MODEL = "pydantic.ModelMetaclass"
_TYPE = "<builtin>.type"
_OTHER_NAMES = {"enum.EnumType": _ENUMERATING}
_ABOVE = {_MODEL: frozenset((_ABSTRACT,))}
_OF_BASES = {
    "abc.ABC": _ABSTRACT,
    "typing.Protocol": _ABSTRACT,
    "typing.Generic": _TYPE,
    **{f"enum.{name}": _ENUMERATING for name in ("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag")},
    **dict.fromkeys(MODELS, _MODEL),
}


class _Metaclass(NamedTuple):
    """A metaclass, as it is called, and all that it derives from."""

    name: str
    above: frozenset[str]


def conflict(info: ClassInfo) -> str:
    """Which two metaclasses keep a class from being made; empty where it can be, or where not all is known."""
    found = [*(_of_base(path) for path in info.outside), *(_of_class(each) for each in info.classes)]
    if any(each.unknown_base for each in info.classes) or not all(found):
        return ""
    known = [each for each in found if each is not None and each.name != _TYPE]
    if any(all(other.name in each.above for other in known) for each in known) or not known:
        return ""
    first, second = known[-1], next(each for each in known if each.name not in known[-1].above)
    names = " nor ".join(f"`{each.name.rpartition('.')[2]}`" for each in (first, second))
    return f"its metaclasses don't agree: neither {names} derives from the other"


def _of_base(path: str) -> _Metaclass | None:
    """The metaclass of a base from outside."""
    name = _TYPE if path.startswith("<builtin>.") else _OF_BASES.get(path, "")
    return _Metaclass(name, _ABOVE.get(name, frozenset()) | {name}) if name else None


def _of_class(info: ClassInfo) -> _Metaclass | None:
    """The metaclass that a class of the project has of its own or from others of the project."""
    if not info.metaclasses:
        return _Metaclass(_TYPE, frozenset((_TYPE,)))
    return _named(next(iter(info.metaclasses))) if len(info.metaclasses) == 1 else None


def _named(value: Value) -> _Metaclass | None:
    if isinstance(value, External):
        name = _OTHER_NAMES.get(value.path, value.path)
        return _Metaclass(name, frozenset((name,))) if name in (_ABSTRACT, _ENUMERATING, _TYPE) else None
    if not isinstance(value, Class) or value.info.unknown_base:
        return None
    outside = {_OTHER_NAMES.get(path, path) for path in value.info.outside}
    if not outside <= {_ABSTRACT, _ENUMERATING, _TYPE, "<builtin>.object"}:
        return None
    return _Metaclass(value.info.symbol, frozenset((*(each.symbol for each in value.info.classes), *outside)))
