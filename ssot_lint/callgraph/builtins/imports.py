"""Functions that import what a text names."""

from __future__ import annotations

from ssot_lint.callgraph import attributes, containers
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Constant, External, ExternalInstance, Value, Values, ordered


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
        found |= attributes.attribute(frame, holder, name, at)
    return found or None


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
    "django.utils.module_loading.import_string": _import_symbol,
    "werkzeug.utils.import_string": _import_symbol,
    "kombu.utils.imports.symbol_by_name": _import_symbol,
    "pkgutil.resolve_name": _import_symbol,
    "<builtin>.__import__": _import_module,
    "importlib.import_module": _import_module,
    "importlib.util.find_spec": _find_spec,
}
