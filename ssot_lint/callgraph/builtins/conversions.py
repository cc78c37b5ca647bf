"""Conversions, and the language's functions that call special methods of what they are given."""

from __future__ import annotations

from ssot_lint.callgraph import containers, defaults, hashing, iteration, merging, stepping
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.operators import special_call, special_calls
from ssot_lint.callgraph.showing import FORMAT, REPR, STR, show
from ssot_lint.callgraph.values import (
    NOTHING,
    Bound,
    Class,
    Constant,
    Container,
    External,
    ExternalInstance,
    Function,
    Instance,
    Partial,
    Value,
    Values,
    ordered,
)

SPECIAL_METHODS: dict[str, tuple[str, ...]] = {
    "len": ("__len__",),
    "bool": ("__bool__", "__len__"),
    "int": ("__int__", "__index__"),
    "float": ("__float__",),
    "complex": ("__complex__",),
    "bytes": ("__bytes__",),
    "abs": ("__abs__",),
    "round": ("__round__",),
    "divmod": ("__divmod__",),
    "dir": ("__dir__",),
    "bin": ("__index__",),
    "hex": ("__index__",),
}


def _special(names: tuple[str, ...], type_name: str) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        found = NOTHING
        for values in arguments.positional:
            for value, result in special_calls(frame, values, names, Arguments(), at):
                found |= result if result is not None else NOTHING
                if result is None and len(names) == 1 and len(values) == 1:
                    iteration.note_lacking(frame, value, names[-1], at)
        known = type_name in ("int", "bool", "float", "bytes")
        return frame.machine.only(ExternalInstance, f"<builtin>.{type_name}") if known else found or None

    return handler


def _hash(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    hashing.hash_all(frame, arguments.at(0) or NOTHING, at)
    return frame.machine.only(ExternalInstance, "<builtin>.int")


HASHED = ("set", "dict")


def converted(type_name: str) -> Handler:
    """`list(x)`, `tuple(x)`, `set(x)`."""

    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        source = arguments.at(0)
        if source is None:
            return frozenset((containers.make(frame, type_name, at, ()),))
        for value in source:
            items = stepping.sequence(frame, value) if len(source) == 1 else None
            if items is not None and type_name != "set":
                return frozenset((containers.make(frame, type_name, at, list(enumerate(items))),))
        element = iteration.iterate(frame, source, at)
        if type_name == "set":
            # What has hashes already keeps them.
            added = frozenset(each for each in source if not isinstance(each, Container) or each.type not in HASHED)
            fresh = element if added == source else iteration.iterate(frame, added, at)
            hashing.add(frame, fresh, element, at)
        return frozenset((containers.make(frame, type_name, at, (), element),))

    return handler


def to_dict(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`dict(x, key=y)`."""
    made = containers.make(frame, "dict", at, arguments.keywords.items(), arguments.rest_keywords or NOTHING)
    for value in ordered(arguments.at(0) or NOTHING):
        fill(frame, made, value, at)
    return frozenset((made,))


def fill(frame: Frame, made: Container, source: Value, at: int) -> None:
    """Puts the entries of a dict, or of what gives pairs, into another dict."""
    if isinstance(source, Container) and source.type == "dict":
        merging.merge(frame, made, source)
        return
    unknown = frozenset((frame.machine.unknown,))
    for pair in ordered(iteration.iterate(frame, frozenset((source,)), at)):
        if isinstance(pair, Container):
            key, entry = containers.item(frame, pair, 0), containers.item(frame, pair, 1)
            containers.set_item(frame, made, key, entry, strong=True)
        else:
            containers.set_item(frame, made, unknown, unknown, strong=False)


def _from_keys(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`dict.fromkeys(keys, value)`."""
    source = arguments.at(0) or NOTHING
    value = arguments.at(1) or frozenset((frame.machine.none,))
    made = containers.make(frame, "dict", at, ())
    known = iteration.known_items(frame, source)
    for key in [iteration.iterate(frame, source, at)] if known is None else known:
        if not any(isinstance(each, Container) and each.type in HASHED for each in source):
            hashing.seek(frame, made, key, at)
        containers.set_item(frame, made, key, value, strong=known is not None)
    return frozenset((made,))


_FACTORIES = (Function, Bound, Class, Partial, Instance)
_CONTAINERS = {
    "<builtin>.list": "list",
    "<builtin>.set": "set",
    "<builtin>.dict": "dict",
    "collections.deque": "list",
}


def _range(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    for values in arguments.positional:
        for value in ordered(values):
            special_call(frame, value, ("__index__",), Arguments(), at)
    return None


def _defaultdict(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """Of containers, or of what the project's functions and classes make. Of others the models have it."""
    factories: set[Value] = set()
    for each in arguments.at(0) or NOTHING:
        kind = _CONTAINERS.get(each.path) if isinstance(each, External) else None
        if kind is None and not isinstance(each, _FACTORIES):
            return None
        factories |= {each} if kind is None else frame.machine.only(Constant, kind)
    if not factories:
        return None
    (made,) = to_dict(frame, arguments._replace(positional=arguments.positional[1:]), at, receiver) or NOTHING
    if isinstance(made, Container):
        defaults.set_factories(frame, made, frozenset(factories))
    return frozenset((made,))


def _showing(names: tuple[str, ...], type_name: str) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        shown = (*arguments.positional, arguments.rest or NOTHING)
        for values in shown if type_name == "NoneType" else shown[:1]:
            show(frame, values, names, at)
        return frame.machine.only(ExternalInstance, f"<builtin>.{type_name}")

    return handler


HANDLERS: dict[str, Handler] = {
    "<builtin>.hash": _hash,
    "<builtin>.print": _showing(STR, "NoneType"),
    "<builtin>.str": _showing(STR, "str"),
    "<builtin>.repr": _showing(REPR, "str"),
    "<builtin>.ascii": _showing(REPR, "str"),
    "<builtin>.format": _showing(FORMAT, "str"),
    **{f"<builtin>.{name}": _special(methods, name) for name, methods in SPECIAL_METHODS.items()},
    "<builtin>.range": _range,
    "<builtin>.list": converted("list"),
    "<builtin>.tuple": converted("tuple"),
    "<builtin>.set": converted("set"),
    "<builtin>.frozenset": converted("set"),
    "collections.deque": converted("list"),
    "<builtin>.dict": to_dict,
    "<builtin>.dict.fromkeys": _from_keys,
    "collections.OrderedDict": to_dict,
    "collections.defaultdict": _defaultdict,
    "types.MappingProxyType": to_dict,
}
