"""Classes of records that a call makes."""

from __future__ import annotations

from ssot_lint.callgraph import containers, fields, iteration
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.definitions import make_class
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Class, Container, External, Instance, Value, Values, only_text
from ssot_lint.facts.model import Opaque

_ANY = Opaque(type="ellipsis")


def _namespace(path: str) -> Handler:
    """`types.SimpleNamespace(x=1)`: the only instance of a class of its own."""

    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        made = make_class(frame, path.rpartition(".")[2], [frame.machine.only(External, path)], {}, at)
        found = NOTHING
        for each in made:
            if isinstance(each, Class):
                place = (frame.code.module.name, at, frame.activation)
                instance = frame.machine.make(Instance, each.info, place, False)
                for name, values in arguments.keywords.items():
                    fields.write_field(frame, instance, name, values, strong=True)
                found |= frozenset((instance,))
        return found

    return handler


def _named_tuple(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`collections.namedtuple("Point", "x y")`: a class like one below `typing.NamedTuple`."""
    given = arguments.at(1) or arguments.at("field_names") or NOTHING
    text = only_text(given)
    names = text.replace(",", " ").split() if text is not None else _names(frame, given)
    if names is None or arguments.keywords.keys() & {"rename", "defaults"} or len(arguments.positional) > 2:
        return None
    return _record(frame, arguments, at, "typing.NamedTuple", names)


def _data_class(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`dataclasses.make_dataclass("Point", ["x", ("y", int)])`."""
    names = _names(frame, arguments.at(1) or arguments.at("fields") or NOTHING)
    if names is None or arguments.keywords.keys() & {"bases", "namespace", "kw_only", "init"}:
        return None
    made = _record(frame, arguments, at, "", names)
    for each in made or ():
        if isinstance(each, Class):
            each.info.decorators = frozenset(("dataclasses.dataclass",))
    return made


def _record(frame: Frame, arguments: Arguments, at: int, base: str, names: list[str]) -> Values | None:
    """The class of the name that comes first, with these fields."""
    name = only_text(arguments.at(0) or arguments.at("typename") or arguments.at("cls_name") or NOTHING)
    if name is None:
        return None
    made = make_class(frame, name, [frame.machine.only(External, base)] if base else [], {}, at)
    for each in made:
        if isinstance(each, Class):
            each.info.fields.update(dict.fromkeys(names, _ANY))
    return made


def _names(frame: Frame, values: Values) -> list[str] | None:
    """The names in a list of names and of tuples that begin with one; None where one has a default, or is not known."""
    names: list[str | None] = []
    items = iteration.known_items(frame, values)
    for item in items or ():
        only = next(iter(item)) if len(item) == 1 else None
        parts = containers.exact(frame, only) if isinstance(only, Container) else [item]
        names.append(only_text(parts[0]) if parts is not None and 0 < len(parts) < 3 else None)
    told = [name for name in names if name is not None]
    return told if items is not None and len(told) == len(names) else None


HANDLERS: dict[str, Handler] = {
    "collections.namedtuple": _named_tuple,
    "dataclasses.make_dataclass": _data_class,
    **{path: _namespace(path) for path in ("types.SimpleNamespace", "argparse.Namespace")},
}
