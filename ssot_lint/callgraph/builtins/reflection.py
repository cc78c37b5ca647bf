"""Attributes by name, types of values, and code that comes from text."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_lint.callgraph import attributes, calls, containers, iteration, lookup, snippets, writes
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.definitions import NAMESPACE, make_class
from ssot_lint.callgraph.filling import always_sets
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.namespaces import namespace
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
    Pattern,
    Super,
    Value,
    Values,
    ordered,
)
from ssot_lint.facts import model
from ssot_lint.facts.refilling import refilling
from ssot_lint.findings import Certainty


def _getattr(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    names = arguments.at(1) or NOTHING
    found = NOTHING
    sure = bool(names)
    for name in ordered(names):
        if isinstance(name, Constant) and isinstance(name.value, str):
            found |= attributes.attribute(frame, arguments.at(0) or NOTHING, name.value, at)
            sure = sure and all(_has(frame, each, name.value) for each in arguments.at(0) or NOTHING)
            continue
        sure = False
        if isinstance(name, Pattern):
            for each in attributes.names_like(frame, arguments.at(0) or NOTHING, name):
                found |= attributes.attribute(frame, arguments.at(0) or NOTHING, each, at)
            found |= frozenset((frame.machine.unknown,))
        else:
            frame.machine.dynamic("getattr", frame.code.module.name, at)
            found |= frozenset((frame.machine.unknown,))
            _ask(frame, arguments.at(0) or NOTHING, ("__getattr__", "__getattribute__"), at)
    return found if sure else found | (arguments.at(2) or NOTHING)


def _ask(frame: Frame, values: Values, methods: Sequence[str], at: int, *given: Values) -> None:
    """Calls the methods that an instance has for attributes of any name. What they give may be anything."""
    for value in ordered(values):
        for method in methods if isinstance(value, Instance) else ():
            own = lookup.special(frame, value, method)
            if own:
                arguments = Arguments((frozenset((frame.machine.unknown,)), *given))
                frame.machine.call(frame, own, arguments, at, "property")


def _defines(value: Value, name: str) -> bool:
    """Whether the body of the value's class, or of one above it, binds the name."""
    return isinstance(value, (Instance, Class)) and any(name in info.names for info in value.info.classes)


def _has(frame: Frame, value: Value, name: str) -> bool:
    """Whether a value surely has an attribute: by its class, or since the `__init__` that made it sets it."""
    if _defines(value, name):
        return True
    is_being_made = frame.code.scope.name.startswith("__")  # `__init__`, and what that may call by itself
    if not isinstance(value, Instance) or value.open or is_being_made:
        return False
    _, initialisers = lookup.find(frame, value.info, "__init__")
    return bool(initialisers) and all(
        isinstance(each, Function) and name in always_sets(frame, each.code) for each in initialisers
    )


def _setattr(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    holders = arguments.at(0) or NOTHING
    names = ordered(arguments.at(1) or NOTHING)
    known = [name.value for name in names if isinstance(name, Constant) and isinstance(name.value, str)]
    for name in known:
        writes.set_attribute(frame, holders, name, arguments.at(2) or NOTHING, at)
    if len(known) < len(names):
        frame.machine.dynamic("setattr", frame.code.module.name, at)
        _ask(frame, holders, ("__setattr__",), at, arguments.at(2) or NOTHING)
    if (not names or len(known) < len(names)) and at not in refilling(frame.code.scope.body):
        for holder in holders:
            if isinstance(holder, (Instance, Class)):
                holder.info.dynamic = True
    return frozenset((frame.machine.none,))


def _delattr(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    holders, names = arguments.at(0) or NOTHING, arguments.at(1) or NOTHING
    for name in ordered(names):
        if isinstance(name, Constant) and isinstance(name.value, str):
            writes.delete_attribute(frame, holders, name.value, at)
        else:
            _ask(frame, holders, ("__delattr__",), at)
    return frozenset((frame.machine.none,))


def _hasattr(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """It reads what it tests for: properties and methods for attributes of any name run."""
    holders, names = arguments.at(0) or NOTHING, arguments.at(1) or NOTHING
    for name in ordered(names):
        if isinstance(name, Constant) and isinstance(name.value, str):
            having = frozenset(each for each in holders if _defines(each, name.value) or _defines(each, "__getattr__"))
            attributes.attribute(frame, having, name.value, at)
        else:
            _ask(frame, holders, ("__getattr__", "__getattribute__"), at)
    return frame.machine.only(ExternalInstance, "<builtin>.bool")


def _type(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if len(arguments.positional) != 1:
        return _made_class(frame, arguments, at, receiver)
    found = NOTHING
    for value in ordered(arguments.positional[0]):
        if isinstance(value, Instance):
            found |= lookup.type_of(frame, value)
        elif isinstance(value, Class):
            found |= value.info.metaclasses
        elif isinstance(value, ExternalInstance):
            found |= frame.machine.only(External, value.path)
        elif isinstance(value, Constant) and value.value is not None:
            found |= frame.machine.only(External, f"<builtin>.{type(value.value).__name__}")
        else:
            found |= frozenset((frame.machine.unknown,))
    return found


def _made_class(frame: Frame, arguments: Arguments, at: int, metaclass: Value | None) -> Values | None:
    """`type("Name", bases, namespace)`, or the call of a metaclass of the project."""
    if len(arguments.positional) != 3:
        return None
    names, bases, namespaces = arguments.positional
    bound: dict[str, Values] = {}
    for each in ordered(namespaces):
        if isinstance(each, Container):
            entries = {key: containers.item(frame, each, key) for key in containers.keys(frame, each)}
            bound.update((key, values) for key, values in entries.items() if isinstance(key, str))
    texts = [each.value for each in names if isinstance(each, Constant) and isinstance(each.value, str)]
    name = texts[0] if len(texts) == len(names) == 1 else "type()"
    given = NOTHING if metaclass is None else frozenset((metaclass,))
    return make_class(frame, name, iteration.known_items(frame, bases) or [], bound, at, given)


def _class_of_body(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`types.new_class("Name", bases, keywords, body)`: the body is called to fill the namespace."""
    names, bases, _, bodies = (arguments.at(place) or NOTHING for place in range(4))
    bodies = (bodies or arguments.at("exec_body") or NOTHING) - {frame.machine.none}
    filled = frozenset((containers.make(frame, "dict", at, ()),))
    if bodies:
        frame.machine.call(frame, bodies, Arguments((filled,)), at, "callback")
    return _made_class(frame, Arguments((names, bases or arguments.at("bases") or NOTHING, filled)), at, None)


def _super(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    machine = frame.machine
    if len(arguments.positional) == 2:
        infos = [value.info for value in ordered(arguments.positional[0]) if isinstance(value, Class)]
        receivers = arguments.positional[1]
    else:
        around = frame.activation
        while around.function is None or around.function.owner is None:
            if around.closure is None:
                return None
            around = around.closure
        if not around.code.parameters:
            return None
        infos = [around.function.owner]
        receivers = around.binding.get(around.code.parameters[0], NOTHING)
    return frozenset(
        machine.make(Super, info, value)
        for info in infos
        for value in ordered(receivers)
        if isinstance(value, (Instance, Class))
    )


def _object_new(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    machine = frame.machine
    made = set()
    for value in ordered(arguments.at(0) or NOTHING):
        if isinstance(value, Class):
            machine.hierarchy.instantiated(value.info)
            made.add(machine.make(Instance, value.info, (frame.code.module.name, at, frame.activation), False))
    return frozenset(made) or None


def _method(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`types.MethodType(function, instance)`."""
    functions, receivers = (arguments.at(place) or NOTHING for place in (0, 1))
    bound = (frame.machine.make(Bound, each, of) for each in ordered(functions) for of in ordered(receivers))
    return frozenset(bound) or None


def _type_new(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`super().__new__(mcs, name, bases, namespace)` in a metaclass: the class of that namespace, if it is known."""
    infos = [
        value.key[1]
        for value in ordered(arguments.at(3) or NOTHING)
        if isinstance(value, Container) and isinstance(value.key, tuple) and value.key[0] == NAMESPACE
    ]
    return frozenset(frame.machine.make(Class, info) for info in infos) or frozenset((frame.machine.unknown,))


def _type_call(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`super().__call__(…)` or `type.__call__(cls, …)` in a metaclass: makes an instance."""
    if receiver is not None:
        arguments = arguments.prepend(frozenset((receiver,)))
    classes = [value for value in ordered(arguments.at(0) or NOTHING) if isinstance(value, Class)]
    rest = arguments._replace(positional=arguments.positional[1:])
    certainty: Certainty = "certain" if len(classes) == 1 else "likely"
    made = NOTHING
    for each in classes:
        made |= calls.instantiate(frame, each, rest, at, "call", certainty)
    return made or None


def _subclasses(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`C.__subclasses__()`: as many as an open instance stands for."""
    if not isinstance(receiver, Class):
        return None
    receiver.info.watchers[frame.activation] = None
    below = [*receiver.info.direct_subclasses()][: frame.machine.bounds.subclasses]
    found = frozenset(frame.machine.make(Class, info) for info in below)
    return frozenset((containers.make(frame, "list", at, (), found),))


def _set_attribute_plainly(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`object.__setattr__(self, "name", value)`, also by `super()`: past the class's own `__setattr__`."""
    if receiver is not None:
        arguments = arguments.prepend(frozenset((receiver,)))
    for name in ordered(arguments.at(1) or NOTHING):
        if isinstance(name, Constant) and isinstance(name.value, str):
            for holder in ordered(arguments.at(0) or NOTHING):
                if isinstance(holder, Instance):
                    writes.set_plainly(frame, holder, name.value, arguments.at(2) or NOTHING, at, strong=False)
    return frozenset((frame.machine.none,))


def _delete_attribute_plainly(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`object.__delattr__(self, "name")`, also by `super()`."""
    if receiver is not None:
        arguments = arguments.prepend(frozenset((receiver,)))
    for name in ordered(arguments.at(1) or NOTHING):
        if isinstance(name, Constant) and isinstance(name.value, str):
            for holder in ordered(arguments.at(0) or NOTHING):
                if isinstance(holder, Instance):
                    writes.delete_plainly(frame, holder, name.value, at, strong=False)
    return frozenset((frame.machine.none,))


def _get_attribute_plainly(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`object.__getattribute__(self, "name")`."""
    if receiver is not None:
        arguments = arguments.prepend(frozenset((receiver,)))
    return _getattr(frame, Arguments(arguments.positional[:2]), at, None)


def _module_dict(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`globals()`."""
    return namespace(frame, frame.code.module.name)


def _local_dict(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`locals()`: a dict of the variables as they are; of a module's body, its globals."""
    if frame.code.scope.kind == "module":
        return _module_dict(frame, arguments, at, receiver)
    made = containers.make(frame, "dict", at, ())
    for name in frame.code.scope.bound:
        if values := frame.load(name):
            containers.set_item(frame, made, frame.machine.only(Constant, name), values, strong=True)
    return frozenset((made,))


def _vars(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`vars(module)` and `vars(instance)`: a dict of what is known of it; `vars()` is `locals()`."""
    if not arguments.positional:
        return _local_dict(frame, arguments, at, receiver)
    return attributes.attribute(frame, arguments.positional[0], "__dict__", at) or None


def _running(name: str) -> Handler:
    """`eval` and `exec`: of a known text, what stands in it is run where the call stands."""

    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        found = NOTHING
        for value in ordered(arguments.at(0) or NOTHING):
            text = value.value if isinstance(value, Constant) and isinstance(value.value, str) else ""
            body = snippets.statements(text, at)
            if not body or len(arguments.positional) > 1:
                frame.machine.dynamic(name, frame.code.module.name, at)
                found |= frozenset((frame.machine.unknown,))
            elif name == "eval" and isinstance(body[0], model.Evaluate):
                found |= frame.machine.evaluate(frame, body[0].value)
            else:
                frame.machine.run(frame, body)
        return found or frozenset((frame.machine.none,))

    return handler


def _compiled(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`compile(text, …)`: the text, for `eval` and `exec`."""
    texts = frozenset(value for value in arguments.at(0) or NOTHING if isinstance(value, Constant))
    return texts or None


def _public(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`public(NAME=value)` in the body of a module binds the name there (atpublic's documentation, "Usage")."""
    for name, values in arguments.keywords.items() if frame.code.index == 0 else ():
        frame.store_dynamic(name, values)
    return None


HANDLERS: dict[str, Handler] = {
    "<builtin>.getattr": _getattr,
    "<builtin>.delattr": _delattr,
    "<builtin>.setattr": _setattr,
    "<builtin>.hasattr": _hasattr,
    "<builtin>.type": _type,
    "types.MethodType": _method,
    "types.new_class": _class_of_body,
    "<builtin>.super": _super,
    "<builtin>.type.__subclasses__": _subclasses,
    "<builtin>.object.__new__": _object_new,
    "<builtin>.type.__call__": _type_call,
    "<builtin>.type.__new__": _type_new,
    "abc.ABCMeta.__new__": _type_new,
    "enum.EnumMeta.__new__": _type_new,
    "enum.EnumType.__new__": _type_new,
    "<builtin>.object.__setattr__": _set_attribute_plainly,
    "<builtin>.object.__delattr__": _delete_attribute_plainly,
    "<builtin>.object.__getattribute__": _get_attribute_plainly,
    "<builtin>.type.__getattribute__": _get_attribute_plainly,
    "<builtin>.globals": _module_dict,
    "<builtin>.locals": _local_dict,
    "<builtin>.vars": _vars,
    "<builtin>.exec": _running("exec"),
    "<builtin>.eval": _running("eval"),
    "<builtin>.compile": _compiled,
    "public.public": _public,
}
