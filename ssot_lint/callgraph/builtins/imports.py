"""Functions that import what a text names."""

from __future__ import annotations

from ssot_lint.callgraph import attributes, containers
from ssot_lint.callgraph.activation import Missing
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Constant, External, ExternalInstance, Module, Value, Values, ordered


def _import_module(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    names = arguments.at(0) or arguments.at("name") or NOTHING
    package = arguments.at(1) or arguments.at("package") or NOTHING
    if any(not isinstance(value, Constant) for value in names):
        frame.machine.dynamic("import_module", frame.code.module.name, at)
    return frame.machine.imports.import_by_name(frame, names, package, at)


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
        given = attributes.attribute(frame, holder, name, at)
        if not given and all(isinstance(each, Module) for each in holder):
            frame.activation.missing[Missing("member", at, frame.half, module, name)] = None
        found |= given
    return found or None


def _from_object(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`app.config.from_object("pkg.config.Production")` imports what a text names; it gives nothing back."""
    texts = frozenset(each for each in arguments.at(0) or NOTHING if isinstance(each, Constant))
    if texts:
        _import_symbol(frame, Arguments((texts,)), at, receiver)
    return None


def _find_spec(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`find_spec("html.parser")` of a module outside: a spec that holds it, of which a copy may be made."""
    names = arguments.at(0) or arguments.at("name") or NOTHING
    found = NOTHING
    for value in ordered(names):
        if not (isinstance(value, Constant) and isinstance(value.value, str)) or value.value.startswith("."):
            return None
        if frame.machine.is_module(value.value):
            return None
        found |= frame.machine.only(External, value.value)
    return frozenset((containers.make(frame, "importlib.util.find_spec", at, (), found), frame.machine.none))


HANDLERS: dict[str, Handler] = {
    "flask.Flask.config.from_object": _from_object,
    "django.utils.module_loading.import_string": _import_symbol,
    "werkzeug.utils.import_string": _import_symbol,
    "kombu.utils.imports.symbol_by_name": _import_symbol,
    "pkgutil.resolve_name": _import_symbol,
    "<builtin>.__import__": _import_module,
    "importlib.import_module": _import_module,
    "importlib.util.find_spec": _find_spec,
}
