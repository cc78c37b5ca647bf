"""Decorators of the project that leave the class that they get as it is.

They note it somewhere, or mark it, and give it back; or they give what makes instances of it, as for singletons.
"""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.code import Code
from ssot_lint.checks.writes import last_name
from ssot_lint.facts.model import Assign, Attribute, Call, Compare, Display, Expression, Format, Index, Name, Return
from ssot_lint.facts.nested import nested, walk

_NOTING = frozenset(("append", "add", "register", "setdefault", "insert", "debug", "info"))
# What is asked for an entry, or for a name.
_LOOKING = frozenset(("get", "setdefault", "pop", "wraps", "id", "hash"))

_NAMES = ("__name__", "__qualname__", "__module__")


def gives_back(code: Code) -> bool:
    """Whether a function returns its first parameter, and does nothing to it but to set attributes by their names."""
    if not code.parameters or code.scope.is_async or code.scope.is_generator or not code.scope.body:
        return False
    name = code.parameters[0]
    returns = [each for each in nested(code.scope.body) if isinstance(each, Return)]
    if not isinstance(code.scope.body[-1], Return) or not all(_is(each.value, name) for each in returns):
        return False
    if name in code.captured:
        return False
    allowed = {id(each.value) for each in returns}
    for node in walk(code.scope.body):
        if isinstance(node, Attribute) and (not node.name.startswith("__") or node.name in _NAMES):
            allowed.add(id(node.value))
        elif isinstance(node, Call) and last_name(node.function) in _NOTING:
            allowed.update(map(id, _noted(node)))
        elif isinstance(node, Assign) and all(isinstance(target, (Index, Attribute)) for target in node.targets):
            allowed.add(id(node.value))
        elif isinstance(node, Format):
            allowed.update(map(id, node.parts))
    return all(id(node) in allowed for node in walk(code.scope.body) if isinstance(node, Name) and node.id == name)


def only_makes(code: Code) -> bool:
    """Whether a function gives one that stands in it, and neither does more to its first parameter than to call it.

    They may look for it in a table, and keep there what it has made.
    """
    if not code.parameters or code.scope.is_async or code.scope.is_generator or not code.scope.body:
        return False
    name, last = code.parameters[0], code.scope.body[-1]
    within = [each for each in code.module.facts.scopes if each.qualname.startswith(f"{code.scope.qualname}.")]
    made = {each.name for each in within if each.kind == "function" and each.parent == code.index}
    given = last.value if isinstance(last, Return) else None
    if not isinstance(given, Name) or given.id not in made or any(name in each.bound for each in within):
        return False
    body = [code.scope.body, *(each.read() for each in within)]
    allowed: set[int] = set()
    for node in walk(body):
        if isinstance(node, Attribute) and node.name in _NAMES:
            allowed.add(id(node.value))
        elif isinstance(node, Call):
            allowed.add(id(node.function))
            if last_name(node.function) in _LOOKING:
                allowed.update(map(id, node.arguments[:1]))
        elif isinstance(node, Index):
            allowed.add(id(node.key))
        elif isinstance(node, Compare) and all(operator in ("in", "not in") for operator, _ in node.rest):
            allowed.add(id(node.first))
    return all(id(node) in allowed for node in walk(body) if isinstance(node, Name) and node.id == name)


def _noted(call: Call) -> Iterator[Expression]:
    """What a call is given, also inside of a record or a tuple: `entries.append(Entry(name, cls))`."""
    pending = [*call.arguments, *(value for _, value in call.keywords)]
    while pending:
        each = pending.pop()
        yield each
        if isinstance(each, Display):
            pending.extend(each.items)
        elif isinstance(each, Call) and last_name(each.function)[:1].isupper():
            pending.extend([*each.arguments, *(value for _, value in each.keywords)])


def _is(expression: Expression | None, name: str) -> bool:
    return isinstance(expression, Name) and expression.id == name
