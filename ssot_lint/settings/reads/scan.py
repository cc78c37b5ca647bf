"""The settings that a program's code reads, wrappers included."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ssot_lint.facts.model import Call, Compare, Const, Display, Expression, Index, ModuleFacts, Name, Opaque
from ssot_lint.findings import Site
from ssot_lint.project.model import Source
from ssot_lint.settings.model import UNKNOWN, Need, Setting
from ssot_lint.settings.reads.fields import field_settings
from ssot_lint.settings.reads.idioms import FALLBACKS, Idiom, Read, idiom_of, need_of, read_of
from ssot_lint.settings.reads.index import ModuleIndex, Use
from ssot_lint.settings.reads.indexing import Indexes
from ssot_lint.settings.reads.keys import Key, keys
from ssot_lint.settings.reads.resolve import ENVIRON, Program, last_name
from ssot_lint.settings.values import classify

KIND = "code"
_ROUNDS = 4
_SHORTEST_PATTERN = 4
_NAME = re.compile(r"^[A-Za-z_*][A-Za-z0-9_*.-]*$")
_UPPER = re.compile(r"^[A-Z][A-Z0-9_]*$")
_READERS = frozenset({"get", "getenv", "pop", "setdefault", "config", "Config", "__getitem__", *FALLBACKS})


@dataclass(frozen=True)
class _Found:
    """A read of the environment at one place."""

    module: ModuleIndex
    use: Use
    key: Key
    need: Need
    default: Expression | None


@dataclass(frozen=True)
class _Wrapper:
    """A function whose parameter is a key: how to call it, and what becomes of the key."""

    idiom: Idiom
    key: Key


def code_settings(
    modules: Mapping[str, tuple[Source, ModuleFacts]], speaks: Callable[[str], bool] = lambda _: True
) -> list[Setting]:
    """A `read` setting for each key at each place that reads it, in source order.

    Args:
        modules: the modules of the program by dotted name.
        speaks: whether a module has a word in it that reading an environment takes. Beside those that have, the modules
            that import a wrapper or a settings class are looked into.
    """
    indexes = Indexes(modules)
    paths = {name: source.path for name, (source, _) in modules.items()}
    scanned = {name for name in modules if speaks(name)}
    while True:
        program = Program(indexes, sorted(scanned))
        found, wrappers = _reads(program)
        fields = [each for name in program.scanned for each in field_settings(program, indexes[name], paths, KIND)]
        names = {_top(wrapper, program) for wrapper in wrappers} | {each.group.partition(".")[0] for each in fields}
        more = {name for name, (_, facts) in modules.items() if name not in scanned and _imports(facts, names)}
        if not more:
            break
        scanned |= more
    settings = [setting for each in found for setting in _settings(each, paths[each.module.name])]
    return sorted({*settings, *fields}, key=_order)


def _top(wrapper: str, program: Program) -> str:
    """The name by which a module imports a wrapper: the function's, or its class's."""
    parts = wrapper.split(".")
    return next((parts[cut] for cut in range(len(parts) - 1, 0, -1) if ".".join(parts[:cut]) in program.modules), "")


def _imports(facts: ModuleFacts, names: set[str]) -> bool:
    return any(name in names for statement in facts.imports for name in statement.names)


def _order(setting: Setting) -> tuple[str, int, str]:
    return (setting.path, setting.place.at if isinstance(setting.place, Site) else 0, setting.name)


def _reads(program: Program) -> tuple[list[_Found], dict[str, _Wrapper]]:
    """Every read whose key is known once all wrappers are, and the wrappers by qualified name."""
    wrappers: dict[str, _Wrapper] = {}
    found: list[_Found] = []
    for _ in range(_ROUNDS):
        found = list(_round(program, wrappers))
        named = {name: wrapper for each in found if each.key.parameter for name, wrapper in _wrapper(each)}
        if named.keys() <= wrappers.keys():
            break
        wrappers = named | wrappers
    return list(_told(found, _scheme(program))), wrappers


def _told(found: Iterable[_Found], defaults: set[str]) -> Iterator[_Found]:
    """The reads whose key is known, at least in part."""
    for each in found:
        key = each.key
        if not key.parameter:
            yield replace(each, need="optional") if key.text in defaults else each
        elif key.prefix or key.text:
            # Its callers may give anything in that place.
            yield replace(each, key=Key(f"{key.prefix}*{key.text}"), need="optional", default=None)


def _scheme(program: Program) -> set[str]:
    """The names with a default in `environ.Env(NAME=(type, default))`."""
    return {
        name
        for module, use, call in program.calls_by_name.get("Env", ())
        if program.target(call.function, module, use.scope) == "environ.Env"
        for name, value in call.keywords
        if name and isinstance(value, Display) and len(value.items) == 2
    }


def _round(program: Program, wrappers: dict[str, _Wrapper]) -> Iterator[_Found]:
    names = _READERS | {_called_as(name) for name in wrappers}
    for module in (program.modules[name] for name in program.scanned):
        for use in module.uses:
            match use.node:
                case Call() as call:
                    yield from _call(program, module, use, call, wrappers, names)
                case Index(value=value, key=key):
                    if last_name(value) and program.target(value, module, use.scope) == ENVIRON:
                        yield from _found(program, module, use, Read(key, None, "required"))
                case Compare(first=first, rest=rest):
                    for operator, value in rest:
                        if operator in {"in", "not in"} and program.target(value, module, use.scope) == ENVIRON:
                            yield from _found(program, module, use, Read(first, None, "optional"))


def _call(
    program: Program, module: ModuleIndex, use: Use, call: Call, wrappers: dict[str, _Wrapper], names: frozenset[str]
) -> Iterator[_Found]:
    if last_name(call.function) not in names and not _has_key(call):
        return
    target = program.target(call.function, module, use.scope)
    if target is None:
        return
    if target.endswith("()"):
        target = program.member(target, "__call__") or f"{target[:-2]}.__call__"
    if wrapper := wrappers.get(target):
        read = read_of(wrapper.idiom, call.arguments, call.keywords)
        for found in _found(program, module, use, read) if read else ():
            yield replace(found, key=wrapper.key.filled(found.key))
    elif idiom := idiom_of(target):
        read = read_of(idiom, call.arguments, call.keywords)
        yield from _found(program, module, use, read) if read else ()


def _has_key(call: Call) -> bool:
    values = [*call.arguments[:2], *(value for _, value in call.keywords)]
    return any(
        isinstance(value, Const) and isinstance(value.value, str) and _UPPER.match(value.value) for value in values
    )


def _found(program: Program, module: ModuleIndex, use: Use, read: Read) -> Iterator[_Found]:
    parameters = {parameter.name for parameter in module.scope(use.scope).parameters}
    for possible in dict.fromkeys(keys(read.key, program, module, use.scope)):
        # Of a parameter of a function around this one the callers can't be told.
        told = not possible.parameter or possible.parameter in parameters
        key = possible if told else possible.filled(Key(UNKNOWN))
        need = read.need
        refused = id(use.node) in module.refused or (use.scope, use.bound_to) in module.required
        if use.around.caught or key.text in use.around.guarded - ({key.text} if refused else set()):
            need = "optional"
        elif need == "bare" and refused:
            need = "required"
        if need == "required" and use.around.conditional:
            need = "bare"
        yield _Found(module, use, key, need, read.default)


def _wrapper(found: _Found) -> Iterator[tuple[str, _Wrapper]]:
    """The function that the read stands in, as a reader of its own."""
    function = found.module.scope(found.use.scope)
    if function.kind != "function":
        return
    parameters = [parameter.name for parameter in function.parameters]
    in_class = function.parent >= 0 and found.module.scope(function.parent).kind == "class"
    offset = 1 if in_class and parameters[:1] in (["self"], ["cls"]) else 0
    position = parameters.index(found.key.parameter) - offset
    default_name = found.default.id if isinstance(found.default, Name) and found.default.id in parameters else "default"
    default, without = None, found.need
    if default_name in parameters:
        index = parameters.index(default_name)
        default = index - offset
        own = function.parameters[index].default
        if found.need != "required":
            without = need_of(own, "optional") if own is not None else "optional"
    idiom = Idiom(position, (found.key.parameter,), default, without, (default_name,))
    yield f"{found.module.name}.{function.qualname}", _Wrapper(idiom, found.key)


def _called_as(name: str) -> str:
    return name.rpartition(".")[2]


def _settings(found: _Found, path: str) -> Iterator[Setting]:
    name = re.sub(r"\*+", "*", found.key.text)
    if not _NAME.match(name) or (UNKNOWN in name and len(name) < _SHORTEST_PATTERN):
        return
    default = found.default.value if isinstance(found.default, Const) else None
    number = default if isinstance(default, int | float) and not isinstance(default, bool) else None
    known = classify(name, str(default) if default is not None else None)
    scope = found.module.scope(found.use.scope)
    yield Setting(
        name=name,
        value_state="computed" if isinstance(found.default, Opaque) else known.state,
        role="read",
        kind=KIND,
        source=path,
        path=path,
        place=Site(found.module.name, found.use.node.at),
        number=float(number) if number is not None and known.number is not None else known.number,
        unit=known.unit,
        need=found.need,
        group=scope.qualname if scope.kind in {"function", "lambda"} else "",
    )
