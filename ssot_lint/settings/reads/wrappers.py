"""Functions whose parameter is a key: how each is called, and what becomes of the key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ssot_lint.facts.model import Expression, Name
from ssot_lint.settings.model import Form, Need
from ssot_lint.settings.reads.idioms import Idiom, is_empty, need_of
from ssot_lint.settings.reads.index import ModuleIndex
from ssot_lint.settings.reads.keys import Key
from ssot_lint.settings.reads.refusing import sentinel
from ssot_lint.settings.reads.resolve import Program


@dataclass(frozen=True)
class Wrapper:
    """How a reader of the project is called, and the key that it makes of what it is given.

    `never_in` are the environments in which it does not read, or need, the key; `form` is what it makes of the value.
    """

    idiom: Idiom
    key: Key
    never_in: frozenset[str] = frozenset()
    form: Form = ""


def wrappers_of(
    key: Key,
    need: Need,
    default: Expression | None,
    program: Program,
    never_in: frozenset[str],
    *,
    refuses: bool = False,
) -> Iterator[tuple[str, Wrapper]]:
    """The function that the key is a parameter of, by its qualified name, as a reader of its own.

    A method of a base class that it overrides may come to it too. `refuses` says that it raises where it gets None.
    """
    found = program.find(key.owner)
    if found is None:
        return
    module, number = found
    function = module.scope(number)
    if function.kind == "class":
        module.open_methods(number)
        fields = [name for scope, name in module.annotated if scope == number]
        yield key.owner, Wrapper(Idiom(fields.index(key.parameter), (key.parameter,), None, need), key, never_in)
        return
    idiom = _idiom(module, number, key, need, default)
    has_none = idiom.without == "bare" or any(
        is_empty(each.default) for each in function.parameters if each.name in idiom.default_names
    )
    wrapper = Wrapper(replace(idiom, without="required") if refuses and has_none else idiom, key, never_in)
    yield key.owner, wrapper
    if function.parent >= 0 and module.scope(function.parent).kind == "class" and not function.name.startswith("__"):
        overriding = Wrapper(replace(wrapper.idiom, without="optional"), key)
        for owner, base in program.lineage(module, function.parent):
            if (owner, base) != (module, function.parent) and (base, function.name) in owner.defined:
                yield f"{owner.name}.{owner.scope(owner.defined[base, function.name]).qualname}", overriding


def called_as(name: str, program: Program) -> str:
    """The last name of what a call of the wrapper names: of `__init__` that of the class."""
    owner, _, last = name.rpartition(".")
    return owner.rpartition(".")[2] if last == "__init__" and program.find(owner) else last


def _idiom(module: ModuleIndex, number: int, key: Key, need: Need, default: Expression | None) -> Idiom:
    function = module.scope(number)
    parameters = [parameter.name for parameter in function.parameters]
    in_class = function.parent >= 0 and module.scope(function.parent).kind == "class"
    offset = 1 if in_class and parameters[:1] in (["self"], ["cls"]) else 0
    position = parameters.index(key.parameter)
    if function.parameters[position].kind == "var-positional":
        return Idiom(position - offset, (), None, need, takes_all=True)
    default_name = default.id if isinstance(default, Name) and default.id in parameters else "default"
    at, without = None, need
    if default_name in parameters:
        index = parameters.index(default_name)
        at = index - offset
        own = function.parameters[index].default
        if any(name == sentinel(own) for _, name in module.sentinels):
            # It may be handed on to what refuses it.
            without = "required"
        elif need != "required":
            without = need_of(own, "optional") if own is not None else "optional"
    return Idiom(position - offset, (key.parameter,), at, without, (default_name,))
