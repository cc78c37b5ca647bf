"""Methods of containers and generators, and copying."""

from __future__ import annotations

from ssot_lint.callgraph import containers, iteration
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Constant, Container, Generator, Value, Values, ordered


def _append(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if isinstance(receiver, Container):
        containers.add(frame, receiver, arguments.positional[-1] if arguments.positional else NOTHING)
    return frozenset((frame.machine.none,))


def _insert(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if isinstance(receiver, Container) and len(arguments.positional) > 1:
        everything = containers.elements(frame, receiver) | arguments.positional[1]
        frame.machine.heap.write(("rest", receiver), everything, frame.activation)
    return frozenset((frame.machine.none,))


def _merge(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if isinstance(receiver, Container):
        for values in arguments.positional:
            for value in ordered(values):
                if isinstance(value, Container):
                    containers.merge(frame, receiver, value)
                else:
                    frame.machine.heap.write(
                        ("rest", receiver), iteration.iterate(frame, frozenset((value,)), at), frame.activation
                    )
        for name, values in arguments.keywords.items():
            containers.set_item(frame, receiver, frame.machine.only(Constant, name), values, strong=True)
    return frozenset((frame.machine.none,))


def _get(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Container):
        return None
    found = iteration.subscript(frame, frozenset((receiver,)), arguments.at(0) or NOTHING, at)
    default = arguments.at(1)
    if found and containers.has_all(frame, receiver, arguments.at(0) or NOTHING):
        return found
    return found | (default if default is not None else frozenset((frame.machine.none, frame.machine.unknown)))


def _pop(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Container):
        return None
    if not arguments.positional:
        items = containers.exact(frame, receiver)
        return items[-1] if items else containers.elements(frame, receiver)
    return _get(frame, arguments, at, receiver)


def _setdefault(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Container):
        return None
    key, new = arguments.at(0) or NOTHING, arguments.at(1) or frozenset((frame.machine.none,))
    held = iteration.subscript(frame, frozenset((receiver,)), key, at)
    containers.set_item(frame, receiver, key, new | held, strong=False)
    return held | new


def _items(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Container):
        return None
    return frozenset((containers.make(frame, "list", at, (), containers.pairs(frame, receiver)),))


def _values(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Container):
        return None
    return frozenset((containers.make(frame, "list", at, (), containers.elements(frame, receiver)),))


def _keys(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Container):
        return None
    return frozenset((containers.make(frame, "list", at, (), containers.key_values(frame, receiver)),))


def _copy(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    source = receiver if isinstance(receiver, Container) else None
    if source is None:
        return arguments.at(0)
    made = containers.make(frame, source.type, at, ())
    containers.merge(frame, made, source)
    return frozenset((made,))


def _generator_step(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    return iteration.iterate(frame, frozenset((receiver,)), at) if isinstance(receiver, Generator) else None


HANDLERS: dict[str, Handler] = {
    "copy.copy": _copy,
    "copy.deepcopy": _copy,
    **{f"<builtin>.{kind}.append": _append for kind in ("list", "set")},
    "<builtin>.list.appendleft": _append,
    "<builtin>.set.add": _append,
    "<builtin>.list.insert": _insert,
    **{f"<builtin>.{kind}.update": _merge for kind in ("dict", "set")},
    "<builtin>.list.extend": _merge,
    "<builtin>.set.union": _merge,
    "<builtin>.dict.get": _get,
    "<builtin>.dict.__getitem__": _get,
    **{f"<builtin>.{kind}.pop": _pop for kind in ("list", "dict", "set")},
    "<builtin>.list.popleft": _pop,
    "<builtin>.dict.setdefault": _setdefault,
    "<builtin>.dict.items": _items,
    "<builtin>.dict.values": _values,
    "<builtin>.dict.keys": _keys,
    **{f"<builtin>.{kind}.copy": _copy for kind in ("list", "dict", "set")},
    **{f"<builtin>.generator.{name}": _generator_step for name in ("send", "__next__", "asend", "__anext__")},
}
