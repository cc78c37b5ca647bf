"""Definitions that are just what is written: no decorator, base or metaclass from elsewhere changes them."""

from __future__ import annotations

import builtins
from abc import ABCMeta
from enum import Enum, EnumMeta
from functools import cache
from importlib import import_module
from itertools import chain
from typing import NamedTuple

from ssot_lint.callgraph import library_bases
from ssot_lint.callgraph.classes import DATACLASS, ClassInfo
from ssot_lint.callgraph.outside import MODELS, NEWER_NAMES
from ssot_lint.callgraph.values import Class, External, Value
from ssot_lint.checks.registering import gives_back, only_makes
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.writes import last_name, targets
from ssot_lint.facts.model import AnnotatedAssign, Assign, Attribute, Call, Const, Define, DefineClass, DictDisplay
from ssot_lint.facts.nested import nested, walk

_SIGNATURE_KEEPING = frozenset((
    "staticmethod", "classmethod", "abstractmethod", "override", "final", "cache", "lru_cache", "wraps", "deprecated",
    "contextmanager", "asynccontextmanager", "no_type_check", "overload", "coroutine", "inlineCallbacks",
    # Of Tenacity, backoff and the like.
    "retry", "on_exception", "on_predicate",
))  # fmt: skip
_CLASS_KEEPING = frozenset((
    "dataclass", "final", "runtime_checkable", "total_ordering", "dataclass_transform", "deprecated", "unique",
    "implementer",
))  # fmt: skip
PLAIN_BASES = frozenset((
    "abc.ABC", "typing.Generic", "typing.Protocol", "typing_extensions.Protocol", "<builtin>.object",
    "collections.abc.Iterable", "collections.abc.Iterator", "collections.abc.Mapping", "collections.abc.Sequence",
    "collections.abc.MutableMapping", "collections.abc.Callable", "collections.abc.Hashable", "collections.abc.Sized",
    "collections.abc.Container",
))  # fmt: skip


_REWRITING = frozenset(("__new__", "__init__", "__prepare__", "__getattribute__"))
# What makes a metaclass one that classes are not just what is written of.
_REPLACING = _REWRITING | {"__getattr__", "__setattr__", "__delattr__", "mro"}
_ORDINARY = frozenset(("<builtin>.type", "abc.ABCMeta"))
# But `type`: an instance of a metaclass is a class, which has what its body binds.
_BUILTIN_BASES = frozenset(f"<builtin>.{name}" for name, each in vars(builtins).items() if isinstance(each, type))
_BUILTIN_BASES -= {"<builtin>.type"}
_ENUMERATIONS = frozenset(("enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag"))
_ENUM_BASES = _ENUMERATIONS | {"<builtin>.str", "<builtin>.int"}
_NAMED_TUPLE = "typing.NamedTuple"


class _Record(NamedTuple):
    """What every named tuple has."""


@cache
def names_of_base(path: str) -> frozenset[str]:
    """What a plain base gives to the classes below it, and its metaclass to those themselves."""
    if path in MODELS:
        return frozenset(dir(ABCMeta))
    of_library = library_bases.names_of(path)
    if of_library is not None:
        return of_library
    if path == _NAMED_TUPLE:
        return frozenset((*dir(_Record), *dir(type)))
    module, _, name = path.replace("typing_extensions", "typing").replace("<builtin>", "builtins").rpartition(".")
    if path == "enum.StrEnum":  # Python has it since 3.11
        return frozenset((*dir(Enum), *dir(str), *dir(EnumMeta)))
    base = getattr(import_module(module), name)
    newer = NEWER_NAMES if module == "builtins" else ()
    return frozenset((*dir(base), *dir(type(base)), *newer))


def keeps_signature(definition: Define) -> bool:
    """Whether the decorators of a function leave what may be given as it is written."""
    return all(written(each).rpartition(".")[2] in _SIGNATURE_KEEPING for each, _ in definition.decorators)


def is_plain(info: ClassInfo) -> bool:
    """Whether the attributes of a class, and how it makes instances, are all written in the project."""
    return _is_plain_above(info, PLAIN_BASES)


def is_made_by_init(info: ClassInfo) -> bool:
    """Whether making an instance calls the `__init__` that is found, with what the call gives.

    A base from outside is taken not to change that, as metaclasses could: only enumerations are known to, and the
    operators of Airflow, which take what is missing from their DAG.
    """
    return (
        _has_ordinary_metaclass(info)
        and not any(path.startswith(("enum.", "airflow.")) for path in info.outside)
        and not any(each.unknown_base or not _is_plain_itself(each) for each in info.classes)
    )


def is_used(info: ClassInfo) -> bool:
    """Whether the program has instances of a class, or of one below; else it may be mixed into what others have."""
    return any(each.instantiated and not each.presumed for each in (info, *info.all_subclasses()))


def keeps_attributes(info: ClassInfo) -> bool:
    """Whether no metaclass may put something else in the place of what a class's body binds.

    What stands below an interface only describes what others have, without `self`, and to call it gives such another.
    """
    return "zope.interface.Interface" not in info.outside and all(_leaves_body(each) for each in info.metaclasses)


def _leaves_body(metaclass: Value) -> bool:
    if isinstance(metaclass, Class):
        return not any(_REWRITING.intersection(each.names) for each in metaclass.info.classes)
    return isinstance(metaclass, External) and metaclass.path in ("abc.ABCMeta", "<builtin>.type")


def is_enumeration(info: ClassInfo) -> bool:
    """Whether it is an enumeration that is plain otherwise."""
    return not _ENUMERATIONS.isdisjoint(info.outside) and _is_plain_above(info, PLAIN_BASES | _ENUM_BASES)


def is_named_tuple(info: ClassInfo) -> bool:
    """Whether it is a `NamedTuple` that is plain otherwise."""
    return _is_plain_above(info, PLAIN_BASES | {_NAMED_TUPLE})


def is_builtin_below(info: ClassInfo) -> bool:
    """Whether it is a class below builtin ones, such as an exception or a dict, that is plain otherwise."""
    return _is_plain_above(info, PLAIN_BASES | _BUILTIN_BASES)


def is_below_known(info: ClassInfo) -> bool:
    """Whether it is a class below such of libraries as are known, that is plain otherwise."""
    bases = (path for path in info.outside if library_bases.names_of(path) is not None)
    return _is_plain_above(info, PLAIN_BASES.union(bases))


def is_closed_model(info: ClassInfo) -> bool:
    """Whether it is a pydantic model, or settings, whose attributes are its fields and methods."""
    bases = PLAIN_BASES | MODELS
    return _is_plain_above(info, bases) and not any(_takes_extra(each) for each in info.classes)


def _takes_extra(info: ClassInfo) -> bool:
    """Whether a model may keep what it has no field for: what configures it says so, or is written elsewhere."""
    statement = definition_of(info)
    if statement is None:
        return True
    scopes = info.code.module.facts.scopes
    inside: list[object] = [value for _, value in statement.keywords]
    for each in info.code.scope.body:
        if isinstance(each, DefineClass) and scopes[each.scope].name == "Config":
            if each.bases:
                return True
            inside.append(scopes[each.scope].body)
        elif isinstance(each, (Assign, AnnotatedAssign)) and any(last_name(x) == "model_config" for x in targets(each)):
            if not isinstance(each.value, (Call, DictDisplay)) or any(name is None for name, _ in _entries(each.value)):
                return True
            inside.append(each.value)
    return any(
        (isinstance(node, Const) and node.value == "allow") or (isinstance(node, Attribute) and node.name == "allow")
        for node in walk(inside)
    )


def _entries(value: Call | DictDisplay) -> list[tuple[object, object]]:
    return [*(value.keywords if isinstance(value, Call) else value.items)]


def _is_plain_above(info: ClassInfo, bases: frozenset[str]) -> bool:
    return (
        _has_ordinary_metaclass(info)
        and all(path in bases for path in info.outside)
        and not any(each.unknown_base or not _is_plain_itself(each) for each in info.classes)
    )


def definition_of(info: ClassInfo) -> DefineClass | None:
    """The statement that defines a class, None where that is not found."""
    body = info.code.module.facts.scopes[info.code.scope.parent].body
    definitions = (each for each in chain(body, nested(body)) if isinstance(each, DefineClass))
    return next((each for each in definitions if each.scope == info.code.index), None)


def keeps_class(name: str) -> bool:
    """Whether a decorator of that dotted name leaves a class what is written, and adds nothing beside it."""
    return name.rpartition(".")[2] in _CLASS_KEEPING


def _has_ordinary_metaclass(info: ClassInfo) -> bool:
    """Whether instances are made, and attributes found, as `type` and `abc.ABCMeta` do.

    One of the project that has a `__call__`, as for singletons, makes instances of its own, and by the same calls.
    """
    return all(map(_is_ordinary, info.metaclasses))


def _is_ordinary(metaclass: Value) -> bool:
    if not isinstance(metaclass, Class):
        return isinstance(metaclass, External) and metaclass.path == "abc.ABCMeta"
    info = metaclass.info
    return _ORDINARY.issuperset(info.outside) and not any(
        each.unknown_base or each.decorators or each.metaclasses or _REPLACING.intersection(each.names)
        for each in info.classes
    )


def _is_plain_itself(info: ClassInfo) -> bool:
    statement = definition_of(info)
    if statement is None or any(_is_other_dataclass(path) for path in info.decorators):
        return False
    # Other keywords go to `__init_subclass__`.
    metaclasses = [(name, value) for name, value in statement.keywords if name in (None, "metaclass")]
    decorators = enumerate(each for each, _ in statement.decorators)
    return all(keeps_class(written(each)) or _is_left_alone(info, index) for index, each in decorators) and all(
        name is not None and (written(each).rpartition(".")[2] == "ABCMeta" or info.metaclasses)
        for name, each in metaclasses
    )


def _is_other_dataclass(path: str) -> bool:
    """Whether a decorator is the `dataclass` of another library, such as `attr`, which makes more of a class."""
    return path.endswith(".dataclass") and path != DATACLASS


def _is_left_alone(info: ClassInfo, index: int) -> bool:
    """Whether a decorator of the project leaves the class as it is, whatever it gives for it."""
    decorator = info.decorated_by.get(index)
    return decorator is not None and (gives_back(decorator) or only_makes(decorator))
