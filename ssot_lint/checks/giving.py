"""Calls whose result is used as more than the definition gives: nothing where it has no `return`, or fewer values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.nothing import REFUSING
from ssot_lint.checks.awaiting import ASSIGNING, KEEPING, PlainCall, half_of, is_by_name, says_only
from ssot_lint.checks.callee import is_sure_of
from ssot_lint.checks.following import after, variable_of
from ssot_lint.checks.needing import hands_on, needs_at
from ssot_lint.checks.raising import is_endless, only_raises
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.surroundings import Step, written
from ssot_lint.checks.writes import last_name
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Attribute,
    Await,
    Call,
    Compare,
    Comprehension,
    Const,
    Define,
    DefineClass,
    Display,
    Expression,
    For,
    Index,
    Name,
    Not,
    Operation,
    Raise,
    Return,
    Scope,
    Star,
    With,
)
from ssot_lint.facts.nested import nested, walk

_OF_NONE = frozenset(dir(None))
# Operators that something else than a number or text may know what to do with None for.
_TAKING = frozenset(("__or__", "__mod__"))

_CACHING = frozenset(("lru_cache", "cache"))
_MAY_BE_NONE = frozenset((
    "None", "Optional", "Any", "object", "NoReturn", "Never", "Generator", "Iterator", "Iterable", "AsyncGenerator",
    "AsyncIterator", "AsyncIterable",
))  # fmt: skip
_BLOCKS = ("body", "orelse", "final")
_SHORTEST_NAME = 3  # `T` and `P` may stand for anything


class _Gives(NamedTuple):
    """Whether a function returns nothing, how many values every `return` of it gives, and whether each is a truth."""

    nothing: bool
    values: int | None
    truth: bool


def misused(start: Start, plain_calls: Iterable[PlainCall]) -> Iterator[tuple[Reached, str, str, type[Exception]]]:
    """Each place where such a use is certain to fail, what is called, what is wrong, and what Python raises."""
    known: dict[Code, _Gives] = {}
    for plain in plain_calls:
        place, call, code, definition = plain
        if call.problem:
            continue  # it never comes to give anything
        result = _result(start, place, code, definition)
        if result is None or not (
            isinstance(result.node, ASSIGNING) or use_of_none(result)[0] or _is_kept(code, result)
        ):
            continue
        if code not in known:
            known[code] = _Gives(gives_nothing(code.scope), _length(code.scope), _gives_truth(code.scope))
        found = list(_uses(start, place, result, code, known[code]))
        if found and is_by_name(start, plain) and is_sure_of(start, place, call):
            yield from ((where, call.target, what, error) for where, what, error in found)


def _is_kept(code: Code, result: Step) -> bool:
    """Whether what a function gives is returned, listed or given to something, and is surely meant to be no None."""
    return isinstance(result.node, (Return, Call, Comprehension)) and _promised(code.scope.returns) != ""


def _result(start: Start, place: Reached, code: Code, definition: Define) -> Step | None:
    """The step around what the function gives: the call, or the `await` of it; None where that is not told."""
    decorators = {written(each).rpartition(".")[2] for each, _ in definition.decorators}
    steps = start.context.surroundings.of(place.site)
    first = next(steps, None)
    if first is None or not decorators <= KEEPING | _CACHING or code.scope.is_generator:
        return None
    if not code.scope.is_async:
        return first
    return next(steps, None) if isinstance(first.node, Await) else None


def _uses(
    start: Start, place: Reached, step: Step, code: Code, gives: _Gives
) -> Iterator[tuple[Reached, str, type[Exception]]]:
    name = f"{code.scope.name}()"
    use, error = use_of_none(step)
    if gives.nothing:
        if use:
            yield place, f"{name} returns nothing, and {use}", error
            return
        later = list(later_uses(start, place, step.node, name)) if isinstance(step.node, ASSIGNING) else []
        yield from later
        promised = _promised(code.scope.returns)
        if promised and not later:
            yield place, f"{name} returns nothing, although it is annotated to return `{promised}`", AttributeError
    else:
        wanted, given = _targets(step), gives.values
        if wanted is not None and gives.truth:
            yield place, f"{name} returns True or False, and {wanted[0]} {_are(wanted[0])} unpacked", TypeError
        if wanted is not None and given is not None and not wanted[0] <= given <= wanted[1]:
            values = "value" if given == 1 else "values"
            yield place, f"{name} returns {given} {values}, and {wanted[0]} {_are(wanted[0])} unpacked", ValueError


def gives_nothing(scope: Scope) -> bool:
    """Whether a function that does something returns nothing. One that does nothing, or raises, may be a stub."""
    returned = [each.value for each in nested(scope.body) if isinstance(each, Return)]
    if any(value is not None and not (isinstance(value, Const) and value.value is None) for value in returned):
        return False
    is_stub = all(says_only(each) or isinstance(each, Return) for each in scope.body)
    return not (is_stub or only_raises(scope.body) or is_endless(scope.body) or _ends(scope))


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _promised(annotation: Expression | None) -> str:
    """What an annotation says that a function returns, if that is surely more than None; empty for anything else."""
    if isinstance(annotation, Const) and isinstance(annotation.value, str):
        names = set(re.findall(r"\w+", annotation.value))
        shown = annotation.value
    else:
        names = {last_name(node) for node in walk(annotation) if isinstance(node, (Name, Attribute))}
        shown = written(annotation) if isinstance(annotation, (Name, Attribute)) else ""
    is_open = any(isinstance(node, Const) and node.value is None for node in walk(annotation))
    is_sure = not is_open and names.isdisjoint(_MAY_BE_NONE) and all(len(each) >= _SHORTEST_NAME for each in names)
    return shown if is_sure else ""


def _gives_truth(scope: Scope) -> bool:
    """Whether every `return` of a function gives True or False."""
    returned = [each.value for each in nested(scope.body) if isinstance(each, Return)]
    return bool(returned) and all(
        isinstance(each, (Not, Compare)) or (isinstance(each, Const) and isinstance(each.value, bool))
        for each in returned
    )


def _ends(scope: Scope) -> bool:
    return any(isinstance(each, Raise) for each in scope.body)


def use_of_none(step: Step) -> tuple[str, type[Exception]]:
    """How the value that stands in a step is used, where None fails."""
    node, field = step.node, step.field
    if isinstance(node, Attribute) and node.name not in _OF_NONE:
        return f"`.{node.name}` of it is read", AttributeError
    if isinstance(node, Call) and field == "function":
        return "it is called", TypeError
    if isinstance(node, Index) and field == "value":
        return "it is subscripted", TypeError
    if isinstance(node, For) and field == "iterable":
        return "it is iterated over", TypeError
    if isinstance(node, With) and field == "items":
        return "it is entered", TypeError
    if isinstance(node, (Define, DefineClass)) and field == "decorators":
        return f"it is applied to a {'class' if isinstance(node, DefineClass) else 'function'}", TypeError
    if isinstance(node, Assign) and any(isinstance(target, Display) for target in node.targets):
        return "it is unpacked", TypeError
    if isinstance(node, Operation) and not {method for method, _, _ in node.rest} & _TAKING:
        return "it is computed with", TypeError
    if isinstance(node, Compare) and field == "rest" and {operator for operator, _ in node.rest} <= {"in", "not in"}:
        return "something is looked for in it", TypeError
    if isinstance(node, Call) and field == "arguments" and _refuses_first(node):
        return f"`{last_name(node.function)}()` gets it", TypeError
    return "", TypeError


def _refuses_first(call: Call) -> bool:
    """Whether it is a call of what refuses None as its first argument, and that alone is what a call gives."""
    name = written(call.function)
    first, *others = (isinstance(each, (Call, Await)) for each in call.arguments)
    return first and not any(others) and any(f"{way}{name}" in REFUSING for way in ("", "<builtin>.", "pathlib."))


def later_uses(
    start: Start, place: Reached, assignment: Assign | AnnotatedAssign, name: str
) -> Iterator[tuple[Reached, str, type[Exception]]]:
    """The first use of the variable that holds None, in what surely runs after it."""
    node, surroundings = place.node, start.context.surroundings
    variable = variable_of(place, assignment)
    sure = list(after(surroundings, place, assignment, variable)) if variable else []
    within = frozenset(each.at for each in sure if isinstance(each, Name))
    at = needs_at(surroundings, node.activation.code, variable, within)
    handed = at is None
    if handed:
        at = next((each for each in hands_on(surroundings, start.graph, node, variable) if each in sure), None)
    if at is not None and at > place.at:
        how = "is given to what needs it" if handed else "is used as more"
        yield (
            Reached(node, at, half_of(node, at)),
            f"`{variable}` is None, for {name} returns nothing, and {how}",
            (TypeError if handed else AttributeError),
        )


def _targets(step: Step) -> tuple[int, float] | None:
    """How many values an assignment unpacks: at least, and at most."""
    node = step.node
    if not isinstance(node, Assign) or step.field != "value":
        return None
    displays = [target for target in node.targets if isinstance(target, Display)]
    if len(displays) != 1:
        return None
    stars = sum(isinstance(each, Star) for each in displays[0].items)
    least = len(displays[0].items) - stars
    return least, float("inf") if stars else least


def _length(scope: Scope) -> int | None:
    """How many values every `return` of a function gives."""
    lengths = {_size(each.value) for each in nested(scope.body) if isinstance(each, Return)}
    return lengths.pop() if len(lengths) == 1 else None


def _size(value: Expression | None) -> int | None:
    if not isinstance(value, Display) or value.type != "tuple" or any(isinstance(each, Star) for each in value.items):
        return None
    return len(value.items)
