"""Keys that are read from a dict by a text, and that it does not have: all written out, and never added to.

What the analysis saw is not enough to say so, for it does not see all: no line of the loaded code may put anything
under that key into any dict, and the dict must not have been handed to what is not analysed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_lint.callgraph.values import Constant, Container
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import is_known, rebound, rests_on_a_choice
from ssot_lint.checks.surroundings import Surroundings, written
from ssot_lint.checks.writes import last_name, targets
from ssot_lint.facts.model import (
    AugmentedAssign,
    Call,
    Compare,
    Comprehension,
    Const,
    Delete,
    DictDisplay,
    Display,
    Expression,
    Index,
    Match,
    Name,
    Operation,
    Statement,
    Try,
)
from ssot_lint.facts.nested import nested, walk
from ssot_lint.findings import Site

_ADDING = frozenset(("setdefault", "__setitem__", "fromkeys"))
_MERGING = frozenset(("update", "merge", "ChainMap", "deep_update"))
_SHOWN = 6


def lacking(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each such read, and what the dict has instead."""
    supplied: dict[str, bool] = {}
    for place, each in start.missing("key"):
        read = start.context.surroundings.node(place.site)
        if not isinstance(each.owner, Container) or each.owner.may_hold_more:
            continue
        if (
            not isinstance(read, Index)
            or not _is_sought(start, place, read.key, each.name)
            or is_asked(place, read.key)
        ):
            continue
        keys = written_keys(start, each.owner)
        if not keys or each.name in keys or rests_on_a_choice(place.reach, start.context.surroundings):
            continue
        if not is_known(start, place, read.value) or _is_one_of_several(start, each.owner):
            continue
        if each.name not in supplied:
            supplied[each.name] = is_supplied(start, each.name)
        if not supplied[each.name]:
            what = f"`{written(read.value)}`" if written(read.value) else "the dict"
            there = ", ".join(f"`{key}`" for key in keys[:_SHOWN]) + (" …" if len(keys) > _SHOWN else "")
            yield place, f"{what} has no key `{each.name}`: it has {there}"


def written_keys(start: Start, container: Container) -> list[str]:
    """The keys with which a dict is written out; nothing where they are not all texts."""
    made = _maker(start, container)
    if isinstance(made, Comprehension):
        listed = [each for each in container.listed or () if isinstance(each, str)]
        return listed if len(listed) == len(container.listed or ()) else []
    items = _items(start, container)
    texts = [each.value for each, _ in items if isinstance(each, Const) and isinstance(each.value, str)]
    return texts if len(texts) == len(items) else []


def is_filtered(start: Start, container: Container) -> bool:
    """Whether a comprehension makes a dict of those entries alone that meet a condition."""
    made = _maker(start, container)
    return isinstance(made, Comprehension) and any(clause.conditions for clause in made.clauses)


def _items(start: Start, container: Container) -> list[tuple[Expression | None, Expression]]:
    """The entries of a dict that is written out, be it as `dict(name=value)`."""
    made = _maker(start, container)
    if isinstance(made, Call):
        is_plain = written(made.function) == "dict" and not made.arguments
        return [(Const(name), value) for name, value in made.keywords] if is_plain else []
    return made.items if isinstance(made, DictDisplay) else []


def _maker(start: Start, container: Container) -> object:
    """What makes a dict, if the project does."""
    key = container.key
    if not (isinstance(key, tuple) and len(key) == 3 and isinstance(key[0], str) and isinstance(key[1], int)):
        return None
    return start.context.surroundings.node(Site(key[0], key[1]))


def _is_one_of_several(start: Start, container: Container) -> bool:
    """Whether loaded code asks such dicts for a text that this one holds, as for the `type` of a message.

    What it reads under other keys, it reads from those that say something else.
    """
    return any(
        isinstance(value, Const)
        and isinstance(value.value, str)
        and isinstance(key, Const)
        and _is_compared(start, key)
        for key, value in _items(start, container)
    )


def _is_compared(start: Start, key: Const) -> bool:
    return any(
        isinstance(each, Index) and _is(each.key, str(key.value))
        for _, _, scope in start.bindings.scopes_with(str(key.value))
        for node in walk(scope.read())
        for each in _asked_about(node)
    )


def _asked_about(node: object) -> list[Expression]:
    if isinstance(node, Compare):
        return _operands(node)
    return [node.subject] if isinstance(node, Match) else []


def _is_sought(start: Start, place: Reached, key: Expression, name: str) -> bool:
    """Whether the key is that text, as it is written, or as the parameter has it that stands there."""
    if not isinstance(key, Name):
        return _is(key, name)
    activation = place.node.activation
    code = activation.code
    is_given = key.id in code.parameters and key.id not in rebound(code) and key.id not in code.captured
    if code.scope.name.startswith("__") or _is_tried(start.context.surroundings, place):
        return False  # whoever asks by a name that may not be there waits for the error
    values = activation.binding.get(key.id, ()) if is_given and activation.is_exact else ()
    return len(values) == 1 and all(isinstance(each, Constant) and each.value == name for each in values)


def _is_tried(surroundings: Surroundings, place: Reached) -> bool:
    return any(isinstance(step.node, Try) and step.field == "body" for step in surroundings.of(place.site))


def is_asked(place: Reached, key: Expression) -> bool:
    """Whether the function asks for the key: `"name" in table`, `table.get("name")`; not for what it reads there."""
    nodes = walk(place.node.activation.code.scope.body)
    return any(_is_alike(each, key) for node in nodes for each in _asked(node))


def _is_alike(part: Expression, key: Expression) -> bool:
    if isinstance(key, Name):
        return isinstance(part, Name) and part.id == key.id
    return isinstance(part, Const) and isinstance(key, Const) and part.value == key.value


def _asked(node: object) -> Sequence[Expression]:
    """What a comparison compares, and what `get` is asked for."""
    if isinstance(node, Compare):
        return [each for part in _operands(node) for each in _parts(part)]
    return node.arguments[:1] if isinstance(node, Call) and last_name(node.function) == "get" else []


def _operands(comparison: Compare) -> list[Expression]:
    return [comparison.first, *(value for _, value in comparison.rest)]


def _parts(operand: Expression) -> list[Expression]:
    """What is compared with, also what `in` looks for among what is written out."""
    return operand.items if isinstance(operand, Display) else [operand]


def is_supplied(start: Start, name: str) -> bool:
    """Whether any loaded code may put something under the key into a dict that is there."""
    return any(
        _supplies(statement, name)
        for _, _, scope in start.bindings.scopes_with(name)
        for statement in nested(scope.read())
    )


def is_removed(start: Start, name: str) -> bool:
    """Whether any loaded code may take what stands under the key out of a dict."""
    return any(
        (isinstance(node, Call) and last_name(node.function) == "pop" and any(_is(e, name) for e in node.arguments[:1]))
        or (isinstance(node, Delete) and any(isinstance(e, Index) and _is(e.key, name) for e in node.targets))
        for _, _, scope in start.bindings.scopes_with(name)
        for node in walk(scope.read())
    )


def _supplies(statement: Statement, name: str) -> bool:
    if any(isinstance(each, Index) and _is(each.key, name) for each in targets(statement)):
        return True
    for node in walk(statement):
        if isinstance(node, Call):
            function = last_name(node.function)
            if function in _ADDING and any(_is(each, name) for each in node.arguments[:2]):
                return True
            if function in _MERGING and (any(key == name for key, _ in node.keywords) or _has(node.arguments, name)):
                return True
        elif isinstance(node, Operation) and _has(node, name):  # `table | {"name": …}`
            return True
    return isinstance(statement, AugmentedAssign) and _has(statement.value, name)


def _has(part: object, name: str) -> bool:
    """Whether a dict that is written in a part of the code has the key."""
    return any(isinstance(node, DictDisplay) and any(_is(key, name) for key, _ in node.items) for node in walk(part))


def _is(key: object, name: str) -> bool:
    return isinstance(key, Const) and key.value == name
