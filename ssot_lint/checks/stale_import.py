"""SSOT115."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.bindings import names_bound, running
from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.needing import hands_on, needs
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.surroundings import Surroundings
from ssot_lint.facts.model import AnnotatedAssign, Assign, Const, ImportFrom, ModuleFacts, Statement
from ssot_lint.facts.nested import nested
from ssot_lint.findings import PHASES, Level, Phase, Violation
from ssot_lint.project.imports import absolute_name


class Rule:
    """`from m import x` takes a copy of a global that is None then, and that a function of m binds anew later.

    ## What it does

    Looks for globals that a module's body binds to None and a function of it rebinds by `global`, and for modules that
    are imported before that function runs and take the name by `from … import`. Reports such an import if its module
    calls the copy, reads an attribute of it, or enters it, without asking whether it is None, or if a function does
    that imports the copy from there.

    It says nothing of names that are bound anew while their own module is imported, and of imports inside functions
    from the module that binds the name anew.

    ## Why is this bad?

    The copy stays None for ever: what uses it fails with `TypeError` or `AttributeError`, however often the module
    that it came from has been initialised. It is an error where startup uses it, and a warning where requests do.

    ## Example

    ```python
    from notes.db import session_maker  # `connect()` rebinds it at startup

    async def all_notes():
        async with session_maker() as session: ...
    ```

    ## Fix

    Import the module and take the name when it is used: `from notes import db`, then `db.session_maker()`.

    ## Options

    `--all-phases` also reports copies that only code that nothing reaches uses.
    """

    code = "SSOT115"
    name = "stale-import"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """A violation for each import that takes a copy too early."""
        start = Start(context, self.code, TypeError)
        bodies = {node.module: node for node in start.bodies() if Reached(node, 0, 0).phase == "import"}
        stale = {key: key for node in bodies.values() for key in _later_globals(start, node)}
        copies = list(_copies(context, bodies, stale)) if stale else []
        for copy in copies:
            phase = _used_in(start, context.surroundings, copy)
            if phase is None:
                continue
            level: Level = "error" if phase in ("import", "startup") else "warning"
            yield start.violation(
                Reached(copy.node, copy.at, 0),
                f"`{copy.name}` is None when it is imported: `{copy.origin}` rebinds it later",
                level,
                note="the copy stays None",
            )


class _Copy(NamedTuple):
    """An import of a name that is None then: in which module's body, under which name, and where it comes from."""

    node: Node
    name: str
    at: int
    origin: str


def _later_globals(start: Start, node: Node) -> Iterator[tuple[str, str]]:
    """The globals of a module that are None until a function that does not run at import binds them."""
    facts = node.activation.code.module.facts
    rebound: dict[str, set[int]] = {}
    for index, scope in enumerate(facts.scopes[1:], 1):
        for name in scope.global_names:
            rebound.setdefault(name, set()).update([index] if _rebinds(facts, scope.body, name) else [])
    if not any(rebound.values()):
        return
    at_import = {
        each.activation.code.index
        for each in start.graph.nodes.values()
        if each.module == node.module and Reached(each, 0, 0).phase == "import"
    }
    for name, functions in rebound.items():
        if functions and not functions & at_import and _is_none(facts, name):
            yield node.module, name


def _rebinds(facts: ModuleFacts, body: list[Statement], name: str) -> bool:
    """Whether statements bind a name to anything but None."""
    return any(
        name in names_bound(facts, statement)
        and not (isinstance(statement, (Assign, AnnotatedAssign)) and _is_none_const(statement.value))
        for statement in nested(body)
    )


def _is_none(facts: ModuleFacts, name: str) -> bool:
    """Whether a module's body binds a name, and to nothing but None."""
    body = facts.scopes[0].body
    return any(name in names_bound(facts, each) for each in body) and not _rebinds(facts, body, name)


def _is_none_const(value: object) -> bool:
    return isinstance(value, Const) and value.value is None


def _copies(
    context: CheckContext, bodies: dict[str, Node], stale: dict[tuple[str, str], tuple[str, str]]
) -> Iterator[_Copy]:
    """The imports of such globals in module bodies, and of copies of them, each once."""
    pending = dict(stale)
    seen: set[tuple[str, str]] = set(stale)
    while pending:
        following: dict[tuple[str, str], tuple[str, str]] = {}
        for node in bodies.values():
            facts = node.activation.code.module.facts
            source = context.project.modules[node.module]
            for statement in running(facts.scopes[0].body):
                if not isinstance(statement, ImportFrom):
                    continue
                module = absolute_name(source, statement.level, statement.module) or ""
                for name, alias, at in statement.names:
                    origin = pending.get((module, name))
                    own = alias or name
                    if origin is not None and (node.module, own) not in seen and not _is_rebound(facts, statement, own):
                        seen.add((node.module, own))
                        following[node.module, own] = origin
                        yield _Copy(node, own, at, origin[0])
        pending = following


def _is_rebound(facts: ModuleFacts, by: ImportFrom, name: str) -> bool:
    """Whether the module binds the name by anything but that import, so that the copy may not be what is used."""
    if any(name in scope.global_names for scope in facts.scopes):
        return True
    return any(each is not by and name in names_bound(facts, each) for each in running(facts.scopes[0].body))


def _used_in(start: Start, surroundings: Surroundings, copy: _Copy) -> Phase | None:
    """The earliest phase of code that needs the copy to be more than None; None where nothing does."""
    phases: list[Phase] = []
    for code, name in _users(start, copy):
        nodes = [node for node in start.graph.nodes.values() if node.activation.code is code]
        if needs(surroundings, code, name) or any(
            at for node in nodes for at in hands_on(surroundings, start.graph, node, name)
        ):
            phases += [phase for node in nodes if (phase := Reached(node, 0, 0).phase) != "unreached"]
            if start.context.all_phases:
                phases.append("unreached")
    return min(phases, key=PHASES.index, default=None)


def _users(start: Start, copy: _Copy) -> Iterator[tuple[Code, str]]:
    """The code that sees the copy, and under which name: that of its module, and functions that import it from there.

    What they import is stale whenever they run.
    """
    module = copy.node.activation.code.module
    for code in module.codes():
        if code.scope.kind != "class" and copy.name not in code.bound:
            yield code, copy.name
    places = {(name, index) for name, index, scope in start.bindings.scopes_with(copy.name) if scope.kind == "function"}
    codes = {node.activation.code for node in start.graph.nodes.values()} if places else ()
    for code in codes:
        if (code.module.name, code.index) in places:
            yield from ((code, name) for name in _imported(start, code, copy))


def _imported(start: Start, code: Code, copy: _Copy) -> Iterator[str]:
    """The names under which a function imports a copy, and binds nothing else."""
    source = start.context.project.modules[code.module.name]
    body = list(nested(code.scope.body))
    for statement in body:
        if not isinstance(statement, ImportFrom) or code.scope.kind != "function":
            continue
        if absolute_name(source, statement.level, statement.module) != copy.node.module:
            continue
        for name, alias, _ in statement.names:
            own = alias or name
            if name == copy.name and sum(own in names_bound(code.module.facts, each) for each in body) == 1:
                yield own
