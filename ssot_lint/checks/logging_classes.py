"""What `logging.config.dictConfig` imports by the texts that name it: classes of handlers, formatters and filters."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.checks.bindings import names_bound
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import is_known
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Call,
    Const,
    DictDisplay,
    Expression,
    ImportFrom,
    ModuleFacts,
    Name,
    Scope,
)
from ssot_lint.facts.nested import nested
from ssot_lint.project.imports import absolute_name

_CONFIGURE = "logging.config.dictConfig"
_SECTIONS = frozenset(("formatters", "filters", "handlers", "loggers"))
_NAMING = frozenset(("class", "()"))


def lost(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each call of it that names what is surely not there, and what that is."""
    for node in start.graph.nodes.values():
        for call in node.calls:
            place = Reached(node, call.at, call.half, call.certainty)
            if call.target != _CONFIGURE or not start.counts(place):
                continue
            written = start.context.surroundings.node(place.site)
            if (
                not isinstance(written, Call)
                or len(written.arguments) != 1
                or not is_known(start, place, written.function)
            ):
                continue
            code = node.activation.code
            for text in _named(_value(start, node.module, code.module.facts, code.scope, written.arguments[0])):
                message = _lacks(start, text)
                if message:
                    yield place, f"{message}: the configuration of logging names `{text}`"
                    break


def _value(start: Start, module: str, facts: ModuleFacts, scope: Scope, value: Expression) -> DictDisplay | None:
    """The dict that is written for an argument: there, as the only value of a variable, or of an imported one."""
    if isinstance(value, DictDisplay) or not isinstance(value, Name):
        return value if isinstance(value, DictDisplay) else None
    holder = scope if value.id in scope.bound else facts.scopes[0]
    binding = [each for each in nested(holder.body) if value.id in names_bound(facts, each)]
    if len(binding) != 1:
        return None
    (statement,) = binding
    if isinstance(statement, (Assign, AnnotatedAssign)):
        return statement.value if isinstance(statement.value, DictDisplay) else None
    if isinstance(statement, ImportFrom):
        source = start.context.project.modules[module]
        origin = absolute_name(source, statement.level, statement.module)
        imported = next(name for name, alias, _ in statement.names if (alias or name) == value.id)
        other = start.context.library.get(origin) if origin in start.context.project.modules else None
        if origin is not None and isinstance(other, ModuleFacts) and imported in other.scopes[0].bound:
            return _value(start, origin, other, other.scopes[0], Name(imported, 0))
    return None


def _named(configuration: DictDisplay | None) -> Iterator[str]:
    """The dotted names that a configuration gives for classes and factories."""
    for section, entries in configuration.items if configuration is not None else ():
        if not (isinstance(section, Const) and section.value in _SECTIONS and isinstance(entries, DictDisplay)):
            continue
        for _, entry in entries.items:
            for key, value in entry.items if isinstance(entry, DictDisplay) else ():
                is_naming = isinstance(key, Const) and key.value in _NAMING
                if is_naming and isinstance(value, Const) and isinstance(value.value, str):
                    yield value.value


def _lacks(start: Start, dotted: str) -> str:
    """What of a dotted name is surely not there; empty where all may be."""
    bindings = start.bindings
    parts = dotted.split(".")
    for end in range(1, len(parts)):
        module, name = ".".join(parts[:end]), parts[end]
        if not bindings.is_module(module):
            return ""
        if not bindings.is_module(f"{module}.{name}"):
            if bindings.may_have(module, name):
                return ""
            is_package = module not in start.context.project.modules or start.context.project.modules[module].is_package
            if is_package and not bindings.may_lack_module(f"{module}.{name}"):
                return ""
            return f"there is no module `{module}.{name}`" if end < len(parts) - 1 else f"`{module}` has no `{name}`"
    return ""
