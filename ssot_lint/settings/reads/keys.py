"""Which keys an expression may be: constants, patterns (`JWT_SECRET_*`), or a parameter that its callers give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ssot_lint.facts.model import (
    Attribute,
    BoolOp,
    Call,
    Conditional,
    Const,
    Display,
    Expression,
    Format,
    Index,
    Name,
    Operation,
)  # fmt: skip
from ssot_lint.settings.reads.elements import elements, entries, looped_over
from ssot_lint.settings.reads.idioms import Idiom, read_of
from ssot_lint.settings.reads.index import ModuleIndex
from ssot_lint.settings.reads.resolve import Program
from ssot_lint.settings.reads.texts import Change, change_of, changed, fields, percent_fields

_MAX_DEPTH = 6
_MOST_ALTERNATIVES = 64
_UNKNOWN = "*"


@dataclass(frozen=True)
class Key:
    """A key: text in which `*` is unknown, or with a `parameter` between `prefix` and `text` (then the suffix).

    The parameter is one of the function (or the field of a dataclass) named `owner`, which a caller gives; with `each`
    it holds several keys. The `changes` are made to what is given.
    """

    text: str
    parameter: str = ""
    prefix: str = ""
    changes: tuple[Change, ...] = ()
    owner: str = ""
    each: bool = False

    def filled(self, given: Key) -> Key:
        """The key with `given` in the place of its parameter."""
        text = f"{changed(given.text, self.changes)}{self.text}"
        prefix = f"{self.prefix}{changed(given.prefix, self.changes)}"
        if not given.parameter:
            return Key(f"{prefix}{text}")
        return replace(given, text=text, prefix=prefix, changes=(*given.changes, *self.changes))

    def behind(self, prefix: str) -> Key:
        """The key with more in front of it."""
        if self.parameter:
            return replace(self, prefix=f"{prefix}{self.prefix}")
        return replace(self, text=f"{prefix}{self.text}")

    def under(self, change: Change) -> Key:
        """The key after a change of the whole."""
        text, prefix = changed(self.text, (change,)), changed(self.prefix, (change,))
        changes = (*self.changes, change) if self.parameter else ()
        return replace(self, text=text, prefix=prefix, changes=changes)


def keys(expression: Expression, program: Program, module: ModuleIndex, scope: int, depth: int = 0) -> Iterator[Key]:
    """The keys that an expression may be; nothing where it can't be told."""
    if depth > _MAX_DEPTH:
        return
    match expression:
        case Const(value=str(text)):
            yield Key(text)
        case Format() | Operation():
            yield from _joined(_parts(expression), program, module, scope, depth)
        case Conditional(body=body, orelse=orelse):
            yield from _any((body, orelse), program, module, scope, depth)
        case BoolOp(values=values):
            yield from _any(values, program, module, scope, depth)
        case Call(function=Attribute(value=value, name=name)):
            yield from _of_method(expression, value, name, program, module, scope, depth)
        case Index(value=value, key=key):
            for entry, owner, inner in entries(value, key, program, module, scope, depth):
                yield from keys(entry, program, owner, inner, depth + 1)
        case Name(id=name):
            yield from _of_name(expression, name, program, module, scope, depth)
        case Attribute(value=value, name=name):
            yield from _of_attribute(expression, value, name, program, module, scope, depth)
        case _:
            return


def _parts(expression: Format | Operation) -> list[Expression]:
    """The parts of a text, in order; none where it is put together in another way."""
    match expression:
        case Format(parts=parts):
            return parts
        case Operation(first=Const(value=str(text)), rest=[("__mod__", given, _)]):
            return percent_fields(text, given.items if isinstance(given, Display) else [given])
        case Operation(first=first, rest=rest) if all(method == "__add__" for method, _, _ in rest):
            return [first, *(value for _, value, _ in rest)]
        case _:
            return []


def each_key(expression: Expression, program: Program, module: ModuleIndex, scope: int) -> Iterator[Key]:
    """The keys that an expression may hold several of, as `names` does in `for name in names`."""
    if isinstance(expression, Name) and (key := _parameter(expression.id, module, scope)):
        yield replace(key, each=True)
    for element, owner, inner in elements(expression, program, module, scope):
        yield from keys(element, program, owner, inner)


def _any(options: Iterable[Expression], program: Program, module: ModuleIndex, scope: int, depth: int) -> Iterator[Key]:
    """The keys of each; of one that can't be told anything."""
    for option in options:
        yield from list(keys(option, program, module, scope, depth + 1)) or [Key(_UNKNOWN)]


def _joined(parts: list[Expression], program: Program, module: ModuleIndex, scope: int, depth: int) -> Iterator[Key]:
    """A text put together. Of its parts one may be a parameter: one of the function itself, if there is one."""
    found = [_part(part, program, module, scope, depth) for part in parts]
    own = _qualified(module, scope)
    given = [position for position, options in enumerate(found) if options[0].parameter and not options[0].each]
    kept = next((position for position in given if found[position][0].owner == own), given[0] if given else -1)
    # Of several parts that each may be several, only the first is gone through.
    several = next((position for position, options in enumerate(found) if len(options) > 1), 0)
    for option in found[several][:_MOST_ALTERNATIVES] if found else ():
        chosen = [option if at == several else options[0] for at, options in enumerate(found)]
        yield _concatenated(
            [part if at == kept else _made_with(part, program, depth) for at, part in enumerate(chosen)], kept
        )


def _part(part: Expression, program: Program, module: ModuleIndex, scope: int, depth: int) -> list[Key]:
    """What a part of a text may be; anything, if it may be something that can't be told."""
    options = list(keys(part, program, module, scope, depth + 1))
    return options if options and Key(_UNKNOWN) not in options else [Key(_UNKNOWN)]


def _made_with(key: Key, program: Program, depth: int) -> Key:
    """What all instances of a class are made with, for a parameter of its `__init__`, if it is the same."""
    owner = key.owner.removesuffix(".__init__")
    found = program.find(key.owner) if key.parameter and owner != key.owner and depth <= _MAX_DEPTH else None
    if found is None:
        return key
    module, number = found
    position = [each.name for each in module.scope(number).parameters].index(key.parameter) - 1
    idiom = Idiom(position, (key.parameter,), None)
    given = set()
    for caller, use, call in program.calls_of(owner.rpartition(".")[2]):
        if program.target(call.function, caller, use.scope) == owner:
            read = read_of(idiom, call.arguments, call.keywords)
            given |= set(keys(read.key, program, caller, use.scope, depth + 1)) if read else {key}
    only = given.pop() if len(given) == 1 else key
    return key if only.parameter else key.filled(only)


def _concatenated(parts: list[Key], kept: int) -> Key:
    told = [_UNKNOWN if part.parameter else part.text for part in parts]
    if kept < 0 or not parts[kept].parameter:
        return Key("".join(told))
    key = parts[kept]
    return replace(key, prefix="".join(told[:kept]) + key.prefix, text=key.text + "".join(told[kept + 1 :]))


def _of_method(
    call: Call, value: Expression, name: str, program: Program, module: ModuleIndex, scope: int, depth: int
) -> Iterator[Key]:
    """`key.upper()`, `"APP_{}".format(key)`, `"_".join([…])`, `KEYS.get(name, "OTHER")`."""
    if (change := change_of(name, call.arguments)) is not None:
        for key in keys(value, program, module, scope, depth + 1):
            yield key.under(change)
    elif name == "format" and isinstance(value, Const) and isinstance(value.value, str):
        parts = fields(value.value, call.arguments, dict(call.keywords))
        yield from _joined(parts, program, module, scope, depth)
    elif name == "join" and isinstance(value, Const) and isinstance(value.value, str) and len(call.arguments) == 1:
        if isinstance(joined := call.arguments[0], Display):
            between = [each for item in joined.items for each in (value, item)][1:]
            yield from _joined(between, program, module, scope, depth)
    elif name == "get" and call.arguments:
        found = list(entries(value, call.arguments[0], program, module, scope, depth))
        for entry, owner, inner in found:
            yield from keys(entry, program, owner, inner, depth + 1)
        if not found:
            yield Key(_UNKNOWN)
        yield from _any(call.arguments[1:2], program, module, scope, depth)


def _of_name(
    expression: Name, name: str, program: Program, module: ModuleIndex, scope: int, depth: int
) -> Iterator[Key]:
    if looped := looped_over(expression, module, scope):
        for iterable, path, around in looped:
            if not path and isinstance(iterable, Name) and (key := _parameter(iterable.id, module, around)):
                yield replace(key, each=True)
            for element, owner, inner in elements(iterable, program, module, around, path, depth + 1):
                yield from keys(element, program, owner, inner, depth + 1)
        return
    key = _parameter(name, module, scope)
    here = (module.name, scope, name)
    if key is None or here not in program.within:
        program.within.add(here)
        given = (
            (value, owner, inner)
            for value, owner, inner in program.definitions(expression, module, scope, depth)
            if key is None or (owner is module and inner == scope)
        )
        found = [each for value, owner, inner in given for each in keys(value, program, owner, inner, depth + 1)]
        program.within.discard(here)
        yield from found
        if found:
            return  # `key = f"APP_{key}"`: what was given is not read as it is
    if key is not None:
        yield key


def _parameter(name: str, module: ModuleIndex, scope: int) -> Key | None:
    """The name as a parameter of the function, or of one around it."""
    current = scope
    while current >= 0:
        if any(parameter.name == name for parameter in module.scope(current).parameters):
            kind = next(each.kind for each in module.scope(current).parameters if each.name == name)
            return Key("", parameter=name, owner=_qualified(module, current)) if kind != "var-keyword" else None
        if (current, name) in module.assigned or (current, name) in module.iterated:
            return None
        current = module.scope(current).parent
    return None


def _qualified(module: ModuleIndex, scope: int) -> str:
    return f"{module.name}.{module.scope(scope).qualname}"


def _of_attribute(
    expression: Attribute, value: Expression, name: str, program: Program, module: ModuleIndex, scope: int, depth: int
) -> Iterator[Key]:
    """A constant of a module or a class, or what an instance was given; `Member.value` of an enum is the member."""
    found = False
    for assigned, owner, inner in program.definitions(expression, module, scope, depth):
        found = True
        yield from keys(assigned, program, owner, inner, depth + 1)
    if found:
        return
    if name == "value":
        given = list(keys(value, program, module, scope, depth + 1))
        yield from given
        if given and not (isinstance(value, Name) and value.id == "self"):
            return  # those members that callers give
        for member, owner, inner in program.members(value, module, scope, depth, is_instance=True):
            yield from keys(member, program, owner, inner, depth + 1)
    elif field := program.field(value, name, module, scope):
        yield Key("", parameter=name, owner=field)
