"""SSOT111."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.assignment_order import reads_of_unbound
from ssot_lint.checks.bindings import running
from ssot_lint.checks.class_scopes import hidden_names
from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.definition_order import DefinitionOrder, evaluated_annotations, is_postponed, used_names
from ssot_lint.checks.early_calls import early_uses
from ssot_lint.checks.global_order import is_never_bound
from ssot_lint.checks.library_annotations import unbound
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.scopes import PYTHON_2, Visible
from ssot_lint.checks.target import LAZY_ANNOTATIONS, runs_on
from ssot_lint.facts.model import DefineClass, ModuleFacts, Name
from ssot_lint.findings import Hop, Level, Violation

_Orders: TypeAlias = dict[Node, DefinitionOrder]

_BROKEN_AT_ONCE = 2  # modules that one commit may break


class Rule:
    """Code that runs at import or at startup uses a name that nothing binds.

    ## What it does

    Looks at the names that the start reads: in module and class bodies, in the functions that it calls, in decorators
    and defaults, and in annotations where Python evaluates them (up to 3.13, without `from __future__ import
    annotations`), or a library does: those of the pydantic models that the start makes, and of SQLAlchemy's columns.
    Reports those that no scope around them, no `global` statement, no star import and no builtin binds, those that are
    imported for type checkers only, and those that a module's body uses before it binds them, itself or by functions of
    its own that it calls; further a function's own variables that it reads where nothing before can have bound them,
    such as the name of an `except` that has ended, and globals that only functions bind, by `global`, which have not
    run; names of a class in a comprehension of its body; and, where the project says that it runs on Python 3, builtins
    of Python 2, such as `reduce`. Where the start may not come by (a test of an argument, a
    handler), and where it fails anyway (a branch that ends in `raise`), it is a warning.

    ## Why is this bad?

    The program ends with `NameError` or `UnboundLocalError` before it serves.

    ## Example

    ```python
    def files_of(folder: Path, newer_than: Optional[float] = None): ...  # `Optional` is not imported
    ```

    ## Fix

    Import or define the name; for an annotation, `from __future__ import annotations` is enough.

    ## Options

    `--all-phases` also reports names that are used later, and those in code that nothing reaches.
    """

    code = "SSOT111"
    name = "undefined-name"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """A violation for each use of a name that is certain to fail."""
        start = Start(context, self.code, NameError)
        is_for_3 = runs_on(context.project) is not None
        visible = Visible(context.bindings, context.surroundings, is_for_3=is_for_3)
        orders = {
            body: DefinitionOrder(start.bindings, body.module, body.activation.code.module.facts)
            for body in start.bodies()
        }
        early = list(_called_early(start, orders))
        chains = {place: chain for place, _, chain in early}
        found = [
            *_unbound(start, visible),
            *hidden_names(start, visible),
            *_evaluated_by_libraries(start, visible),
            *_ahead(start, visible, orders),
            *((place, message) for place, message, _ in early),
        ]
        for place, message in start.earliest(found):
            violation = start.violation(place, message)
            yield replace(violation, chain=chains.get(place, violation.chain))


def _ahead(start: Start, visible: Visible, orders: _Orders) -> Iterator[tuple[Reached, str]]:
    """What is used before it is bound, and what annotations name where Python evaluates them.

    If no place says on which Python the code runs, and annotations would fail in many modules, it is taken for one that
    does not evaluate them (PEP 649), for the code has run before.
    """
    version = runs_on(start.context.project)
    if version is None or version < LAZY_ANNOTATIONS:
        found = [*_in_annotations(start, visible), *_early(orders, annotations=True)]
        if version is not None or len({place.site.module for place, _ in found}) <= _BROKEN_AT_ONCE:
            yield from found
            return
    yield from _early(orders, annotations=False)


def _unbound(start: Start, visible: Visible) -> Iterator[tuple[Reached, str]]:
    for place, each in start.missing("variable"):
        code = place.node.activation.code
        facts = code.module.facts
        names = start.bindings.of(code.module.name)
        if names is None or names.asks_for_locals(code.index):
            continue
        if not visible.may_see(place.site, facts, each.name):
            if each.name not in PYTHON_2 or not start.is_fallback(place):  # in a handler, Python 2 is meant
                yield place, _message(facts, each.name)
        elif each.at in reads_of_unbound(facts, code.index, each.name):
            yield place, f"`{each.name}` is read where the function can't have bound it yet"
        elif is_never_bound(start, place, each.name):
            yield place, f"nothing has bound the global `{each.name}` yet: only a function does"


def _message(facts: ModuleFacts, name: str) -> str:
    if name in facts.scopes[0].bound:
        return f"`{name}` is only there for type checkers"
    return f"nothing binds `{name}`"


def _evaluated_by_libraries(start: Start, visible: Visible) -> Iterator[tuple[Reached, str]]:
    for place, info, name in unbound(start, visible):
        message = _message(place.node.activation.code.module.facts, name.id)
        yield place, f"{message}, and the library evaluates the annotations of `{info.code.scope.name}`"


def _in_annotations(start: Start, visible: Visible) -> Iterator[tuple[Reached, str]]:
    earliest: dict[Code, Node] = {}
    for node in start.graph.nodes.values():
        known = earliest.setdefault(node.activation.code, node)
        if Reached(node, 0, 0).rank < Reached(known, 0, 0).rank:
            earliest[node.activation.code] = node
    holders: dict[str, set[int]] = {}
    for code, node in earliest.items():
        if code.module.name not in holders:
            holders[code.module.name] = set(_holders_of_annotations(code.module.facts))
        if code.index in holders[code.module.name] and start.counts(Reached(node, 0, 0)):
            yield from _annotations_of(start, visible, node, code.module.facts, code.index)


def _holders_of_annotations(facts: ModuleFacts) -> Iterator[int]:
    """The scopes in which Python may evaluate annotations: of functions, those that define something themselves."""
    around = {scope.parent for scope in facts.scopes}
    for index, scope in enumerate(() if is_postponed(facts) else facts.scopes):
        if scope.kind != "function" or index in around:
            yield index


def _annotations_of(
    start: Start, visible: Visible, node: Node, facts: ModuleFacts, scope: int
) -> Iterator[tuple[Reached, str]]:
    in_function = facts.scopes[scope].kind == "function"
    for statement in running(facts.scopes[scope].body):
        own = frozenset(facts.scopes[statement.scope].bound) if hasattr(statement, "scope") else frozenset()
        for annotation in evaluated_annotations(facts, statement, in_function=in_function):
            for name in used_names(annotation):
                if name.id not in own and not visible.in_scope(node.module, facts, scope, name.id):
                    at = getattr(statement, "at", name.at)
                    if not start.is_guarded(node, at):
                        yield Reached(node, name.at, 0), _message(facts, name.id)
        if isinstance(statement, DefineClass):
            yield from _annotations_of(start, visible, node, facts, statement.scope)


def _called_early(start: Start, orders: _Orders) -> Iterator[tuple[Reached, str, tuple[Hop, ...]]]:
    """What functions use that the body of their module calls too early; the chain goes through that very call."""
    for body, order in orders.items():
        for use in early_uses(start.graph, body, order):
            yield Reached(use.node, use.name.at, 0), _ahead_of(use.name), start.graph.chain(body.reach[0]) + use.chain


def _early(orders: _Orders, *, annotations: bool) -> Iterator[tuple[Reached, str]]:
    for node, order in orders.items():
        for name in order.early(annotations=annotations):
            yield Reached(node, name.at, 0), _ahead_of(name)


def _ahead_of(name: Name) -> str:
    return f"`{name.id}` is used before the module binds it"
