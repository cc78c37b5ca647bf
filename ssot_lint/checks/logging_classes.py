"""What `logging.config.dictConfig` finds by the texts that name it: classes, and entries of other sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import NamedTuple

from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.bindings import names_bound
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import is_known
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.writes import targets
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Attribute,
    Call,
    Const,
    DictDisplay,
    Display,
    Expression,
    ImportFrom,
    Index,
    ModuleFacts,
    Name,
    Return,
    Scope,
)
from ssot_lint.facts.nested import nested, walk
from ssot_lint.project.imports import absolute_name

_CONFIGURE = "logging.config.dictConfig"
_SECTIONS = frozenset(("formatters", "filters", "handlers", "loggers"))
_NAMING = frozenset(("class", "()"))
# What an entry of a configuration names of another section.
_REFERENCES = {"formatter": "formatters", "filters": "filters", "handlers": "handlers"}
_CHANGING = frozenset(("update", "setdefault", "pop", "append", "extend", "clear"))
_COPYING = frozenset(("dict", "copy", "deepcopy"))
_OF_PYTHON = frozenset(("logging", "logging.handlers"))
_DEEPEST = 8


def lost(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each call of it that names what is surely not there, and what that is."""
    for place, value in configurations(start):
        for text in _named(value):
            message = _lacks(start, text)
            if message:
                yield place, f"{message}: the configuration of logging names `{text}`"
                break
        else:
            yield from ((place, message) for message in _unlisted(value))


def configurations(start: Start) -> Iterator[tuple[Reached, DictDisplay | None]]:
    """Each call of it that counts, with the dict that is written for it, if that is told."""
    for node in start.graph.nodes.values():
        for call in node.calls:
            place = Reached(node, call.at, call.half, call.certainty)
            if call.target != _CONFIGURE or not start.counts(place):
                continue
            call_node = start.context.surroundings.node(place.site)
            if (
                not isinstance(call_node, Call)
                or len(call_node.arguments) != 1
                or not is_known(start, place, call_node.function)
            ):
                continue
            code = node.activation.code
            yield place, _Told(start, node.module, code.module.facts, code.scope, node).value(call_node.arguments[0])


class _Told(NamedTuple):
    """Where an argument stands: its module, the scope around it, and what calls there, if that is told.

    `depth` is how many more variables are followed: they may hold each other.
    """

    start: Start
    module: str
    facts: ModuleFacts
    scope: Scope
    node: Node | None = None
    depth: int = _DEEPEST

    def value(self, argument: Expression) -> DictDisplay | None:
        """The dict that is written for an argument: there, or for a variable, a copy, or what a function returns."""
        if isinstance(argument, DictDisplay):
            return argument
        if isinstance(argument, Name):
            return self._of_variable(argument.id)
        if not isinstance(argument, Call):
            return None
        if written(argument.function).rpartition(".")[2] in _COPYING and len(argument.arguments) == 1:
            return self.value(argument.arguments[0]) if not argument.keywords else None
        if isinstance(argument.function, Attribute) and argument.function.name == "copy" and not argument.arguments:
            return self.value(argument.function.value)
        return self._returned(argument)

    def _of_variable(self, name: str) -> DictDisplay | None:
        """The dict that is the only value of a variable, but for the entries that are written later."""
        holder = self.scope if name in self.scope.bound else self.facts.scopes[0]
        binding = [each for each in nested(holder.body) if name in names_bound(self.facts, each)]
        is_given = any(parameter.name == name for parameter in holder.parameters)
        if len(binding) != 1 or is_given or not self.depth:
            return None
        (statement,) = binding
        found = None
        if isinstance(statement, (Assign, AnnotatedAssign)) and statement.value is not None:
            node = self.node if holder is self.scope else None
            found = self._replace(scope=holder, node=node, depth=self.depth - 1).value(statement.value)
        elif isinstance(statement, ImportFrom):
            found = self._imported(statement, name)
        for scope in self._speaking_of(name, holder):
            found = _without(found, scope, name) if found is not None else None
        return found

    def _imported(self, statement: ImportFrom, name: str) -> DictDisplay | None:
        """The dict that another module of the project has under the name that an import gives another."""
        source = self.start.context.project.modules[self.module]
        origin = absolute_name(source, statement.level, statement.module)
        imported = next(each for each, alias, _ in statement.names if (alias or each) == name)
        other = self.start.context.library.own(origin) if origin is not None else None
        if origin is None or other is None or imported not in other.scopes[0].bound:
            return None
        return _Told(self.start, origin, other, other.scopes[0], depth=self.depth - 1).value(Name(imported, 0))

    def _speaking_of(self, name: str, holder: Scope) -> Iterator[Scope]:
        """The scopes that may write into what a variable of one of them holds."""
        yield holder
        for scope in self.facts.scopes[1:] if holder is self.facts.scopes[0] else ():
            if name not in scope.bound and scope.mentions(name):
                yield scope

    def _returned(self, call: Call) -> DictDisplay | None:
        """The dict that a function of the project returns, whatever it is given."""
        made = [each for each in self.node.calls if each.at == call.at] if self.node is not None else []
        callee = made[0].callee if len(made) == 1 and made[0].certainty == "certain" else None
        if callee is None or callee.function is None:
            return None
        returned = [each.value for each in nested(callee.code.scope.body) if isinstance(each, Return)]
        code = callee.code
        within = _Told(self.start, code.module.name, code.module.facts, code.scope, depth=self.depth)
        return (
            within.value(returned[0]) if len(returned) == 1 and isinstance(returned[0], (DictDisplay, Name)) else None
        )


def _without(configuration: DictDisplay, scope: Scope, name: str) -> DictDisplay | None:
    """A dict without the sections into which a scope writes; None where it may write into any."""
    changed = set()
    for target in _written_into(scope):
        keys, holder = [], target
        while isinstance(holder, Index):
            keys.append(holder.key)
            holder = holder.value
        if isinstance(holder, Name) and holder.id == name:
            if not keys or not isinstance(keys[-1], Const):
                return None
            changed.add(keys[-1].value)
    kept = [(key, value) for key, value in configuration.items if not (isinstance(key, Const) and key.value in changed)]
    return DictDisplay(kept, configuration.at)


def _written_into(scope: Scope) -> Iterator[Expression]:
    """What a scope assigns entries of, and of what it calls a method that may add some."""
    body = scope.read()
    for statement in nested(body):
        yield from (target for target in targets(statement) if isinstance(target, Index))
    for node in walk(body):
        if isinstance(node, Call) and isinstance(node.function, Attribute) and node.function.name in _CHANGING:
            yield node.function.value


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


def _unlisted(configuration: DictDisplay | None) -> Iterator[str]:
    """The first formatter, filter or handler that an entry names, and that its section does not have."""
    sections = entries(configuration)
    for section, entry in _naming(sections):
        for key, named_section in _REFERENCES.items():
            listed = _keys(sections.get(named_section))
            value = entry.get(key)
            names = value.items if isinstance(value, Display) else [value]
            for name in (each.value for each in names if isinstance(each, Const)):
                if listed is not None and isinstance(name, str) and name not in listed:
                    yield f"the configuration of logging has no {key.rstrip('s')} `{name}`, which {section} names"
                    return


def _naming(sections: Mapping[str, Expression]) -> Iterator[tuple[str, dict[str, Expression]]]:
    """The entries of a configuration that name others."""
    for section in ("handlers", "loggers"):
        for name, entry in entries(sections.get(section)).items():
            yield f"`{name}` of its {section}", entries(entry)
    if "root" in sections:
        yield "its root", entries(sections["root"])


def entries(display: Expression | None) -> dict[str, Expression]:
    """What a dict has under the texts that are written as its keys."""
    items = display.items if isinstance(display, DictDisplay) else []
    return {key.value: value for key, value in items if isinstance(key, Const) and isinstance(key.value, str)}


def _keys(display: Expression | None) -> set[str] | None:
    """The keys of a dict; None where not all are written out."""
    found = entries(display)
    return set(found) if isinstance(display, DictDisplay) and len(found) == len(display.items) else None


def _lacks(start: Start, dotted: str) -> str:
    """What of a dotted name is surely not there; empty where all may be."""
    bindings = start.bindings
    module, _, name = dotted.rpartition(".")
    if module in _OF_PYTHON:
        return "" if hasattr(import_module(module), name) else f"`{module}` has no `{name}`"
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
