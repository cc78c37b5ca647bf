"""What the language is known to have, and classes outside the project, where that decides whether a name is there."""

from __future__ import annotations

import builtins
import collections
import types
from functools import cache

BUILTINS = frozenset(dir(builtins))
MODELS = frozenset(("pydantic.BaseModel", "pydantic.BaseSettings", "pydantic_settings.BaseSettings"))
# https://docs.pydantic.dev/latest/api/base_model/ and /api/pydantic_settings/, and those of version 1. What begins with
# one of the prefixes is taken to be theirs.
_OF_MODELS = frozenset((
    "Config", "construct", "copy", "customise_sources", "dict", "fields", "from_orm", "json", "parse_file", "parse_obj",
    "parse_raw", "prepare_field", "schema", "schema_json", "update_forward_refs", "validate",
))  # fmt: skip
_PREFIXES_OF_MODELS = ("_", "model_", "settings_")

# What the analysis takes for a container of a type may be any of these: it goes over all of them alike.
_ALIKE: dict[str, tuple[type, ...]] = {
    "list": (
        list, tuple, collections.deque, collections.UserList, map, filter, zip, enumerate, reversed,
        types.GeneratorType, type({}.keys()), type({}.values()), type({}.items()),
    ),
    "tuple": (tuple,),
    "set": (set, frozenset, type({}.keys())),
    "dict": (
        dict, collections.OrderedDict, collections.defaultdict, collections.Counter, collections.ChainMap,
        collections.UserDict, types.MappingProxyType,
    ),
}  # fmt: skip
# Of what a coroutine, a task or a future is, the analysis knows only what it gives in the end.
_OF_PENDING = frozenset((
    "add_done_callback", "cancel", "cancelled", "cancelling", "close", "done", "exception", "get", "get_context",
    "get_coro", "get_loop", "get_name", "get_stack", "print_stack", "ready", "remove_done_callback", "result",
    "running", "send", "set_exception", "set_name", "set_result", "successful", "throw", "uncancel", "wait",
))  # fmt: skip
# What they have since later versions of Python than the oldest that this runs on.
NEWER_NAMES = frozenset(("add_note", "is_integer", "from_number", "resize", "take_bytes"))


def models_have(name: str) -> bool:
    """Whether `pydantic.BaseModel`, or a base of settings, gives an attribute of that name to the classes below it."""
    return name in _OF_MODELS or name.startswith(_PREFIXES_OF_MODELS)


@cache
def builtin_lacks(type_name: str, name: str) -> bool:
    """Whether a value of a builtin type (or of those that stand for it) surely has no such attribute."""
    may_have = name.startswith("_") or name in NEWER_NAMES or name in _OF_PENDING
    return not (may_have or _has(type_name, name))


def is_of_pending(type_name: str, name: str) -> bool:
    """Whether not the value of a builtin type has such an attribute, but a task that gives it in the end."""
    return name in _OF_PENDING and not _has(type_name, name)


@cache
def _has(type_name: str, name: str) -> bool:
    return any(hasattr(each, name) for each in _ALIKE.get(type_name) or (getattr(builtins, type_name),))
