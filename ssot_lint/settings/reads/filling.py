"""The fields of a settings class that the program gives itself: where it makes it, or before it is validated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ssot_lint.facts.model import (
    Assign,
    Attribute,
    Call,
    Const,
    Define,
    DictDisplay,
    Expression,
    Index,
    Name,
    Operation,
    Return,
    Scope,
)
from ssot_lint.facts.nested import walk
from ssot_lint.settings.reads.index import ModuleIndex, last_name
from ssot_lint.settings.reads.resolve import Program

_FILES = "_secrets_dir"
_PASSING = frozenset({"isinstance", "dict", "len", "super", "print", "__init__"})
"""What may be handed the values without changing them."""


@dataclass(frozen=True)
class Filling:
    """The names in lower case that a class gets from the program; `anything` where these are not all known."""

    names: frozenset[str] = frozenset()
    anything: bool = False

    def gives(self, *names: str) -> bool:
        """Whether one of the names by which a field goes may be given."""
        return self.anything or any(name.lower() in self.names for name in names)

    def __or__(self, other: Filling) -> Filling:
        return Filling(self.names | other.names, self.anything or other.anything)


def filling(program: Program, module: ModuleIndex, number: int) -> Filling:
    """What is given wherever the class is made, and what its `__init__` and its validators of the whole put in."""
    found = _given_everywhere(program, module, number)
    for owner, base in program.lineage(module, number):
        for statement in owner.scope(base).body:
            if isinstance(statement, Define) and _comes_before(statement, owner):
                found |= _put_in(owner.scope(statement.scope))
    return found


def _given_everywhere(program: Program, module: ModuleIndex, number: int) -> Filling:
    name = module.scope(number).name
    made = [
        _keywords(call.keywords, "")
        for owner, use, call in program.calls_of(name)
        if program.find(program.target(call.function, owner, use.scope) or "") == (module, number)
    ]
    if not made or not all(each.names or each.anything for each in made):
        return Filling()
    known = [each.names for each in made if not each.anything]
    return Filling(frozenset.intersection(*known) if known else frozenset(), not known)


def _comes_before(method: Define, module: ModuleIndex) -> bool:
    """Whether a method has its say before the fields are looked for."""
    if module.scope(method.scope).name == "__init__":
        return True
    for decorator, _ in method.decorators:
        if isinstance(decorator, Call) and last_name(decorator.function) in {"model_validator", "root_validator"}:
            options = {name: value.value for name, value in decorator.keywords if isinstance(value, Const)}
            if options.get("mode") in {"before", "wrap"} or options.get("pre") is True:
                return True
    return False


def _put_in(method: Scope) -> Filling:
    """What a method adds to the values that it is given."""
    names = [each.name for each in method.parameters]
    spread = next((each.name for each in method.parameters if each.kind == "var-keyword"), "")
    found = Filling(frozenset(name.lower() for name in names if method.name == "__init__"))
    handed = {*names[1:], *names[:1]} - {"self", "cls"}
    for node in walk(method.body):
        match node:
            case Assign(targets=targets):
                keys = (target.key for target in targets if isinstance(target, Index))
                found |= _keys(keys)
            case DictDisplay(items=items):
                found |= _keys(key for key, _ in items if key is not None)
                found |= Filling(anything=not all(_is_of(value, handed) for key, value in items if key is None))
            case Call(function=Attribute(name="setdefault"), arguments=[key, *_]):
                found |= _keys([key])
            case Call(function=Attribute(name="update"), arguments=arguments, keywords=keywords):
                found |= Filling(anything=not all(isinstance(each, DictDisplay) for each in arguments))
                found |= _keywords(keywords, spread)
            case Call(function=function, arguments=arguments, keywords=keywords):
                hands_on = last_name(function) in _PASSING | {names[-1] if names else ""}
                found |= _keywords(keywords, spread) if last_name(function) in {"__init__", "dict"} else Filling()
                found |= Filling(anything=not hands_on and any(_is_of(each, handed) for each in arguments))
            case Operation(rest=rest) if any(method == "__or__" for method, _, _ in rest):
                found |= Filling(anything=True)
            case Return(value=Call(function=function)):
                found |= Filling(anything=last_name(function) not in {"__init__", "dict", names[-1] if names else ""})
            case _:
                continue
    return found


def _keys(keys: Sequence[Expression] | Iterator[Expression]) -> Filling:
    texts = [key.value if isinstance(key, Const) and isinstance(key.value, str) else None for key in keys]
    return Filling(frozenset(text.lower() for text in texts if text), None in texts)


def _keywords(keywords: Iterable[tuple[str | None, Expression]], spread: str) -> Filling:
    """What keywords give; `**spread` is what was given from outside."""
    names = {name.lower() for name, _ in keywords if name is not None and not name.startswith("_")}
    more = any(name is None and not _is_of(value, {spread}) for name, value in keywords)
    return Filling(frozenset(names), more or any(name == _FILES for name, _ in keywords))


def _is_of(value: Expression, names: set[str]) -> bool:
    return isinstance(value, Name) and value.id in names
