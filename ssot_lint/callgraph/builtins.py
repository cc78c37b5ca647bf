"""What the language's own functions and containers do with the values that they are given.

Each handler takes the frame, the arguments, the site and the receiver, and gives the result; None means that the
models (or nobody) know better. `HANDLERS` is by import path. Libraries are data, in `rules/models/`; here stands only
what data can't say.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from ssot_lint.callgraph import attributes, calls, containers, iteration
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.expressions import special_call, text_like
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import (
    NOTHING,
    Bound,
    Class,
    Constant,
    Container,
    Descriptor,
    External,
    ExternalInstance,
    Function,
    Generator,
    Instance,
    Partial,
    Pattern,
    Super,
    Value,
    Values,
    Wrapper,
    ordered,
)

Handler: TypeAlias = Callable[[Frame, Arguments, int, "Value | None"], "Values | None"]

SPECIAL_METHODS: dict[str, tuple[str, ...]] = {
    "print": ("__str__", "__repr__"),
    "str": ("__str__", "__repr__"),
    "repr": ("__repr__",),
    "format": ("__format__", "__str__"),
    "len": ("__len__",),
    "bool": ("__bool__", "__len__"),
    "int": ("__int__", "__index__"),
    "float": ("__float__",),
    "complex": ("__complex__",),
    "bytes": ("__bytes__",),
    "abs": ("__abs__",),
    "round": ("__round__",),
    "hash": ("__hash__",),
    "divmod": ("__divmod__",),
    "dir": ("__dir__",),
    "reversed": ("__reversed__",),
    "bin": ("__index__",),
    "hex": ("__index__",),
}
ITERATES = ("list", "tuple", "set", "frozenset", "sum", "any", "all", "sorted", "min", "max", "enumerate", "zip", "map",
            "filter")  # fmt: skip


def _special(names: tuple[str, ...], type_name: str) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        found = NOTHING
        for values in arguments.positional:
            for value in ordered(values):
                result = special_call(frame, value, names, Arguments(), at)
                found |= result if result is not None else NOTHING
        known = type_name in ("str", "int", "bool", "float", "bytes")
        return frame.machine.only(ExternalInstance, f"<builtin>.{type_name}") if known else found or None

    return handler


def _converted(type_name: str) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        source = arguments.at(0)
        if source is None:
            return frozenset((containers.make(frame, type_name, at, ()),))
        for value in source:
            items = containers.exact(frame, value) if isinstance(value, Container) and len(source) == 1 else None
            if items is not None and type_name != "set":
                return frozenset((containers.make(frame, type_name, at, list(enumerate(items))),))
        element = iteration.iterate(frame, source, at)
        return frozenset((containers.make(frame, type_name, at, (), element),))

    return handler


def _dict(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    made = containers.make(frame, "dict", at, arguments.keywords.items())
    for value in ordered(arguments.at(0) or NOTHING):
        if isinstance(value, Container) and value.type == "dict":
            containers.merge(frame, made, value)
        else:
            for pair in ordered(iteration.iterate(frame, frozenset((value,)), at)):
                if isinstance(pair, Container):
                    key, entry = containers.item(frame, pair, 0), containers.item(frame, pair, 1)
                    containers.set_item(frame, made, key, entry, strong=True)
    return frozenset((made,))


def _iter(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    found = NOTHING
    if len(arguments.positional) == 2:
        element = frame.machine.call(frame, arguments.positional[0], Arguments(), at, "callback")
        return frozenset((containers.make(frame, "list", at, (), element),))
    for value in ordered(arguments.at(0) or NOTHING):
        result = special_call(frame, value, ("__iter__", "__aiter__"), Arguments(), at)
        found |= frozenset((value,)) if result is None else result
    return found


def _next(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    found = arguments.at(1) or NOTHING
    for value in ordered(arguments.at(0) or NOTHING):
        result = special_call(frame, value, ("__next__", "__anext__"), Arguments(), at)
        found |= iteration.iterate(frame, frozenset((value,)), at) if result is None else result
    return found


def _map(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    items = tuple(iteration.iterate(frame, values, at) for values in arguments.positional[1:])
    element = frame.machine.call(frame, arguments.at(0) or NOTHING, Arguments(items), at, "callback")
    return frozenset((containers.make(frame, "list", at, (), element),))


def _filter(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    element = iteration.iterate(frame, arguments.at(1) or NOTHING, at)
    predicate = frozenset(value for value in arguments.at(0) or NOTHING if value is not frame.machine.none)
    if predicate:
        frame.machine.call(frame, predicate, Arguments((element,)), at, "callback")
    return frozenset((containers.make(frame, "list", at, (), element),))


def _sorting(result: str) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        if receiver is not None:
            element = iteration.iterate(frame, frozenset((receiver,)), at)
        elif len(arguments.positional) > 1:
            element = NOTHING.union(*arguments.positional)
        else:
            element = iteration.iterate(frame, arguments.at(0) or NOTHING, at)
        key = arguments.at("key")
        if key and key != {frame.machine.none}:
            frame.machine.call(frame, key, Arguments((element,)), at, "callback")
        else:
            for value in ordered(element):
                special_call(frame, value, ("__lt__", "__gt__"), Arguments((element,)), at)
        if result == "list":
            return frozenset((containers.make(frame, "list", at, (), element),))
        return element if result == "element" else frozenset((frame.machine.none,))

    return handler


def _sum(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    element = iteration.iterate(frame, arguments.at(0) or NOTHING, at)
    found = NOTHING
    for value in ordered(element):
        result = special_call(frame, value, ("__add__",), Arguments((element,)), at)
        start = special_call(frame, value, ("__radd__",), Arguments((arguments.at(1) or NOTHING,)), at)
        found |= (result or NOTHING) | (start or NOTHING)
    return found or frame.machine.only(ExternalInstance, "<builtin>.int")


def _any(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    iteration.iterate(frame, arguments.at(0) or NOTHING, at)
    return frame.machine.only(ExternalInstance, "<builtin>.bool")


def _enumerate(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    element = iteration.iterate(frame, arguments.at(0) or NOTHING, at)
    index = frame.machine.only(ExternalInstance, "<builtin>.int")
    return _listed_pairs(frame, at, (index, element))


def _zip(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    return _listed_pairs(frame, at, tuple(iteration.iterate(frame, each, at) for each in arguments.positional))


def _listed_pairs(frame: Frame, at: int, parts: tuple[Values, ...]) -> Values:
    pair = containers.packed_tuple(frame, parts, None)
    return frozenset((containers.make(frame, "list", at, (), pair),))


def _reversed(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    found = NOTHING
    for value in ordered(arguments.at(0) or NOTHING):
        result = special_call(frame, value, ("__reversed__",), Arguments(), at)
        found |= result or NOTHING
        items = containers.exact(frame, value) if isinstance(value, Container) else None
        if items is not None:
            found |= frozenset((containers.make(frame, "list", at, list(enumerate(reversed(items)))),))
        elif result is None:
            element = iteration.iterate(frame, frozenset((value,)), at)
            found |= frozenset((containers.make(frame, "list", at, (), element),))
    return found


def _getattr(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    names = arguments.at(1) or NOTHING
    found = arguments.at(2) or NOTHING
    for name in ordered(names):
        if isinstance(name, Constant) and isinstance(name.value, str):
            found |= attributes.attribute(frame, arguments.at(0) or NOTHING, name.value, at)
        elif isinstance(name, Pattern):
            for each in attributes.names_like(frame, arguments.at(0) or NOTHING, name):
                found |= attributes.attribute(frame, arguments.at(0) or NOTHING, each, at)
            found |= frozenset((frame.machine.unknown,))
        else:
            frame.machine.dynamic("getattr", frame.code.module.name, at)
            found |= frozenset((frame.machine.unknown,))
    return found


def _setattr(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    for name in ordered(arguments.at(1) or NOTHING):
        if isinstance(name, Constant) and isinstance(name.value, str):
            holders = arguments.at(0) or NOTHING
            attributes.set_attribute(frame, holders, name.value, arguments.at(2) or NOTHING, at)
        else:
            frame.machine.dynamic("setattr", frame.code.module.name, at)
            for holder in arguments.at(0) or NOTHING:
                if isinstance(holder, (Instance, Class)):
                    holder.info.dynamic = True
    return frozenset((frame.machine.none,))


def _hasattr(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    return frame.machine.only(ExternalInstance, "<builtin>.bool")


def _isinstance(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    for value in ordered(arguments.at(1) or NOTHING):
        special_call(frame, value, ("__instancecheck__",), Arguments((arguments.at(0) or NOTHING,)), at)
    return frame.machine.only(ExternalInstance, "<builtin>.bool")


def _type(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if len(arguments.positional) != 1:
        return None
    found = NOTHING
    for value in ordered(arguments.positional[0]):
        if isinstance(value, Instance):
            found |= frame.machine.only(Class, value.info)
        elif isinstance(value, Class):
            found |= value.info.metaclasses
        elif isinstance(value, ExternalInstance):
            found |= frame.machine.only(External, value.path)
        else:
            found |= frozenset((frame.machine.unknown,))
    return found


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


def _descriptor(type_name: str) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        getters = arguments.at(0) or arguments.at("fget") or NOTHING
        setters = arguments.at(1) or arguments.at("fset")
        setter = next(iter(ordered(setters or NOTHING)), None)
        made = {frame.machine.make(Descriptor, type_name, getter, setter, None) for getter in ordered(getters)}
        if not made and setter is not None:
            made = {frame.machine.make(Descriptor, type_name, frame.machine.unknown, setter, None)}
        return frozenset(made)

    return handler


def _partial(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    machine = frame.machine
    if not arguments.positional:
        return None
    key = (frame.code.module.name, at, frame.activation)
    made = machine.make(Partial, key)
    frame.write(("partial", key), arguments.positional[0], strong=True)
    machine.set_partial(
        made, Arguments(arguments.positional[1:], arguments.keywords, arguments.rest, arguments.rest_keywords)
    )
    return frozenset((made,))


def _wraps(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    return (
        frozenset(frame.machine.make(Wrapper, "wraps", value) for value in ordered(arguments.at(0) or NOTHING)) or None
    )


def _same(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """Gives back its first argument; called with options only (`@lru_cache(maxsize=8)`), a decorator that does."""
    first = arguments.at(0)
    if first and any(isinstance(value, (Function, Bound, Class, Descriptor, Instance, Partial)) for value in first):
        return first
    return frame.machine.only(Wrapper, "same", frame.machine.none)


def _context_manager(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    first = arguments.at(0) or NOTHING
    for value in first:
        if isinstance(value, Function):
            frame.machine.context_managers.add(value.code)
    return first


def _reduce(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    element = iteration.iterate(frame, arguments.at(1) or NOTHING, at)
    start = (arguments.at(2) or NOTHING) | element
    first = frame.machine.call(frame, arguments.at(0) or NOTHING, Arguments((start, element)), at, "callback")
    return first | start


def _import_module(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    names = arguments.at(0) or arguments.at("name") or NOTHING
    package = arguments.at(1) or arguments.at("package") or NOTHING
    if any(not isinstance(value, Constant) for value in names):
        frame.machine.dynamic("import_module", frame.code.module.name, at)
    return frame.machine.imports.import_by_name(frame, names, package, at)


def _field(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    factory = arguments.at("default_factory") or arguments.at("factory")
    if factory:
        return frozenset(frame.machine.make(Wrapper, "default_factory", value) for value in ordered(factory))
    return arguments.at("default") or None


def _dynamic(name: str) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        frame.machine.dynamic(name, frame.code.module.name, at)
        return frozenset((frame.machine.unknown,))

    return handler


def _object_new(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    machine = frame.machine
    made = set()
    for value in ordered(arguments.at(0) or NOTHING):
        if isinstance(value, Class):
            machine.instantiated(value.info)
            made.add(machine.make(Instance, value.info, (frame.code.module.name, at, frame.activation), False))
    return frozenset(made) or None


# -- methods of containers, generators and functions


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


def _module_dict(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`globals()`: a dict of the module's names, as they are known."""
    machine = frame.machine
    made = containers.make(frame, "dict", at, ())
    name = frame.code.module.name
    frame.publish()
    for each in machine.global_names(name, frame.activation):
        values = machine.heap.read(("global", name, each), frame.activation)
        containers.set_item(frame, made, machine.only(Constant, each), values, strong=False)
    return frozenset((made,))


def _attribute_getter(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    return (
        frozenset(frame.machine.make(Wrapper, "getter_of", value) for value in ordered(arguments.at(0) or NOTHING))
        or None
    )


GIVE_BACK = (
    "dataclasses.dataclass",
    "attrs.define",
    "attrs.frozen",
    "attr.s",
    "attr.define",
    "attr.frozen",
    "typing.final",
    "typing.overload",
    "typing.runtime_checkable",
    "typing.no_type_check",
    "typing.override",
    "typing_extensions.override",
    "typing_extensions.deprecated",
    "warnings.deprecated",
    "abc.abstractmethod",
    "enum.unique",
    "types.coroutine",
)


def _set_attribute_plainly(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`object.__setattr__(self, "name", value)`, also by `super()`: past the class's own `__setattr__`."""
    if receiver is not None:
        arguments = arguments.prepend(frozenset((receiver,)))
    for name in ordered(arguments.at(1) or NOTHING):
        if isinstance(name, Constant) and isinstance(name.value, str):
            for holder in ordered(arguments.at(0) or NOTHING):
                if isinstance(holder, Instance):
                    attributes.write_field(frame, holder, name.value, arguments.at(2) or NOTHING, strong=False)
    return frozenset((frame.machine.none,))


def _get_attribute_plainly(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`object.__getattribute__(self, "name")`."""
    if receiver is not None:
        arguments = arguments.prepend(frozenset((receiver,)))
    return _getattr(frame, Arguments(arguments.positional[:2]), at, None)


def _formatted(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`"on_{}".format(x)`: what stands before the first and behind the last field is known."""
    for values in (*arguments.positional, *arguments.keywords.values()):
        for value in ordered(values):
            special_call(frame, value, ("__format__", "__str__", "__repr__"), Arguments(), at)
    if isinstance(receiver, Constant) and isinstance(receiver.value, str) and "{" in receiver.value:
        return text_like(frame, receiver.value.partition("{")[0], receiver.value.rpartition("}")[2])
    return None


def _cased(change: Callable[[str], str]) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        if isinstance(receiver, Constant) and isinstance(receiver.value, str):
            return frame.machine.only(Constant, change(receiver.value))
        if isinstance(receiver, Pattern):
            return text_like(frame, change(receiver.prefix), change(receiver.suffix))
        return None

    return handler


def _import_symbol(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`import_string("pkg.mod.Class")`, `symbol_by_name("pkg.mod:Class")`: the object of that name."""
    machine = frame.machine
    found = NOTHING
    for value in ordered(arguments.at(0) or NOTHING):
        if not (isinstance(value, Constant) and isinstance(value.value, str)):
            found |= frozenset((value,)) if not isinstance(value, ExternalInstance) else frozenset((machine.unknown,))
            continue
        module, _, name = value.value.replace(":", ".").rpartition(".")
        holder = machine.imports.import_by_name(frame, machine.only(Constant, module), NOTHING, at)
        found |= attributes.attribute(frame, holder, name, at)
    return found or None


def _type_call(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`super().__call__(…)` in a metaclass: makes an instance."""
    return calls.instantiate(frame, receiver, arguments, at, "call", "certain") if isinstance(receiver, Class) else None


HANDLERS: dict[str, Handler] = {
    **{f"<builtin>.{name}": _special(methods, name) for name, methods in SPECIAL_METHODS.items()},
    "<builtin>.list": _converted("list"),
    "<builtin>.tuple": _converted("tuple"),
    "<builtin>.set": _converted("set"),
    "<builtin>.frozenset": _converted("set"),
    "collections.deque": _converted("list"),
    "<builtin>.dict": _dict,
    "collections.OrderedDict": _dict,
    "types.MappingProxyType": _dict,
    "<builtin>.iter": _iter,
    "<builtin>.aiter": _iter,
    "<builtin>.next": _next,
    "<builtin>.anext": _next,
    "<builtin>.map": _map,
    "<builtin>.filter": _filter,
    "<builtin>.sorted": _sorting("list"),
    "<builtin>.min": _sorting("element"),
    "<builtin>.max": _sorting("element"),
    "<builtin>.list.sort": _sorting("none"),
    "<builtin>.sum": _sum,
    "<builtin>.any": _any,
    "<builtin>.all": _any,
    "<builtin>.enumerate": _enumerate,
    "<builtin>.zip": _zip,
    "<builtin>.reversed": _reversed,
    "<builtin>.getattr": _getattr,
    "<builtin>.setattr": _setattr,
    "<builtin>.hasattr": _hasattr,
    "<builtin>.isinstance": _isinstance,
    "<builtin>.type": _type,
    "<builtin>.super": _super,
    "<builtin>.property": _descriptor("property"),
    "functools.cached_property": _descriptor("cached_property"),
    "<builtin>.staticmethod": _descriptor("staticmethod"),
    "<builtin>.classmethod": _descriptor("classmethod"),
    "<builtin>.object.__new__": _object_new,
    "<builtin>.type.__call__": _type_call,
    "<builtin>.object.__setattr__": _set_attribute_plainly,
    "<builtin>.object.__getattribute__": _get_attribute_plainly,
    "<builtin>.str.format": _formatted,
    "<builtin>.str.lower": _cased(str.lower),
    "<builtin>.str.upper": _cased(str.upper),
    "<builtin>.str.title": _cased(str.title),
    "django.utils.module_loading.import_string": _import_symbol,
    "werkzeug.utils.import_string": _import_symbol,
    "kombu.utils.imports.symbol_by_name": _import_symbol,
    "pkgutil.resolve_name": _import_symbol,
    "<builtin>.globals": _module_dict,
    "<builtin>.exec": _dynamic("exec"),
    "<builtin>.eval": _dynamic("eval"),
    "<builtin>.__import__": _import_module,
    "importlib.import_module": _import_module,
    "functools.partial": _partial,
    "functools.partialmethod": _partial,
    "functools.wraps": _wraps,
    "functools.reduce": _reduce,
    "contextlib.contextmanager": _context_manager,
    "contextlib.asynccontextmanager": _context_manager,
    "dataclasses.field": _field,
    "attrs.field": _field,
    "attr.ib": _field,
    "pydantic.Field": _field,
    "copy.copy": _copy,
    "copy.deepcopy": _copy,
    **{f"functools.{name}": _same for name in ("lru_cache", "cache", "total_ordering", "singledispatch")},
    **dict.fromkeys(GIVE_BACK, _same),
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
}  # fmt: skip
