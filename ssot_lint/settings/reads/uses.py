"""What one call, subscript, comparison or attribute reads of the environment, by itself or by way of a wrapper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ssot_lint.facts.model import Attribute, Call, Compare, Const, Display, Expression, Index, Name
from ssot_lint.settings.model import Form, Need
from ssot_lint.settings.reads.conversions import handed_conversion
from ssot_lint.settings.reads.elements import has_entry, looped_over
from ssot_lint.settings.reads.idioms import Read, idiom_of, is_empty, read_of
from ssot_lint.settings.reads.index import ModuleIndex, Use, last_name
from ssot_lint.settings.reads.keys import Key, each_key, keys
from ssot_lint.settings.reads.resolve import ENVIRON, Program
from ssot_lint.settings.reads.wrappers import Wrapper

_VIEWS = frozenset({"items", "keys"})


@dataclass(frozen=True)
class Found:
    """A read of the environment at one place."""

    module: ModuleIndex
    use: Use
    key: Key
    need: Need
    default: Expression | None
    refused: bool = False
    """Whether None is refused where it stands, be it the default that a caller gives."""
    instead: tuple[str, ...] = ()
    """The keys of which one may be given instead."""
    never_in: frozenset[str] = frozenset()
    """The environments in which code does not come to it, or does not need it."""
    insists: bool = False
    """Whether it stands in a list of what must be there, or must be there in some environments alone."""
    form: Form = ""
    """What is made of the value."""


def of_call(
    program: Program, module: ModuleIndex, use: Use, wrappers: Mapping[str, tuple[Wrapper, ...]], is_first: bool
) -> Iterator[Found]:
    """What a call reads: of a wrapper or an idiom, an option of a command line, a test of what a name begins with."""
    if not isinstance(call := use.node, Call):
        return
    if is_first and last_name(call.function) == "startswith":
        yield from _selected(program, module, use, call)
    if is_first and (variable := dict(call.keywords).get("envvar")) is not None:
        # an option of click and its kin, of one variable or several
        read = Read(variable, None, "optional")
        yield from _found(program, module, use, read, each=isinstance(variable, Display))
    for target in targets(call.function, program, module, use.scope):
        yield from _reading(target, call, program, module, use, wrappers, is_first)


def _reading(
    target: str,
    call: Call,
    program: Program,
    module: ModuleIndex,
    use: Use,
    wrappers: Mapping[str, tuple[Wrapper, ...]],
    is_first: bool,
) -> Iterator[Found]:
    """What a call of the target with the arguments of `call` reads."""
    for wrapper in wrappers.get(target, ()):
        if read := read_of(wrapper.idiom, call.arguments, call.keywords):
            for found in _found(program, module, use, read, each=wrapper.key.each):
                need = "optional" if use.around.handled else found.need
                never_in = found.never_in | wrapper.never_in
                form = "" if use.around.handled else found.form or wrapper.form or handed_conversion(target, call)
                yield replace(found, key=wrapper.key.filled(found.key), need=need, never_in=never_in, form=form)
    if is_first and (idiom := idiom_of(target)) and (read := read_of(idiom, call.arguments, call.keywords)):
        prefix = use.around.prefix if target.startswith("environs.") else ""
        for found in _found(program, module, use, read):
            form = "" if use.around.handled else found.form or handed_conversion(target, call)
            yield replace(found, key=found.key.behind(prefix), form=form)


def targets(function: Expression, program: Program, module: ModuleIndex, scope: int) -> list[str]:
    """What calling an expression runs: of an instance `__call__`, of a class its `__init__` or the fields it has."""
    target = program.target(function, module, scope)
    if target is None:
        return []
    if target.endswith("()"):
        return [program.member(target, "__call__") or f"{target[:-2]}.__call__"]
    if (found := program.find(target)) and found[0].scope(found[1]).kind == "class":
        return [target, program.member(f"{target}()", "__init__") or target]
    return [target]


def of_handed(
    program: Program,
    module: ModuleIndex,
    use: Use,
    name: str,
    wrappers: Mapping[str, tuple[Wrapper, ...]],
    is_first: bool,
) -> Iterator[Found]:
    """`partial(read, "KEY")`, `to_thread(read, "KEY")`, `map(read, KEYS)`: a function and what it is called with."""
    if not isinstance(call := use.node, Call):
        return
    for position, argument in enumerate(call.arguments[:-1]):
        if last_name(argument) != name:
            continue
        given = call.arguments[position + 1 :]
        for target in targets(argument, program, module, use.scope):
            if last_name(call.function) == "map":
                yield from _mapped(target, given[0], program, module, use, wrappers, is_first)
            else:
                passed = Call(argument, given, call.keywords, call.at)
                yield from _reading(target, passed, program, module, use, wrappers, is_first)


def _mapped(
    target: str,
    listed: Expression,
    program: Program,
    module: ModuleIndex,
    use: Use,
    wrappers: Mapping[str, tuple[Wrapper, ...]],
    is_first: bool,
) -> Iterator[Found]:
    """What the target reads that `map` calls with each key of a list."""
    if is_first and idiom_of(target):
        yield from _found(program, module, use, Read(listed, None, "bare"), each=True)
    for wrapper in wrappers.get(target, ()):
        for found in _found(program, module, use, Read(listed, None, wrapper.idiom.without), each=True):
            yield replace(found, key=wrapper.key.filled(found.key))


def _selected(program: Program, module: ModuleIndex, use: Use, call: Call) -> Iterator[Found]:
    """`for name in os.environ: if name.startswith("APP_")` reads every such name."""
    if not isinstance(call.function, Attribute) or not isinstance(name := call.function.value, Name):
        return
    for iterable, path, scope in looped_over(name, module, use.scope):
        if isinstance(iterable, Call) and last_name(iterable.function) in _VIEWS:
            iterable = iterable.function.value if isinstance(iterable.function, Attribute) else iterable  # noqa: PLW2901
        if path in ((), (0,)) and call.arguments and program.target(iterable, module, scope) == ENVIRON:
            given = call.arguments[0]
            read = Read(given, None, "optional")
            for found in _found(program, module, use, read, each=isinstance(given, Display)):
                yield replace(found, key=replace(found.key, text=f"{found.key.text}*"))


def of_lookup(
    program: Program, module: ModuleIndex, use: Use, wrappers: Mapping[str, tuple[Wrapper, ...]], is_first: bool
) -> Iterator[Found]:
    """`os.environ[key]`, `key in os.environ`, and the same of an object that wraps it."""
    looked: list[tuple[str, Expression, Expression, Need]] = []
    match use.node:
        case Index(value=value, key=key) if last_name(value) or isinstance(value, Call):
            looked = [("__getitem__", value, key, "required")]
        case Compare(first=first, rest=rest):
            looked = [("__contains__", each, first, "optional") for operator, each in rest if operator.endswith("in")]
        case _:
            pass
    for method, value, key, need in looked:
        target = program.target(value, module, use.scope)
        if target == ENVIRON and is_first:
            merged = need == "required" and has_entry(value, key, program, module, use.scope)
            yield from _found(program, module, use, Read(key, None, "optional" if merged else need))
        elif target and target.endswith("()") and wrappers:
            passed = Call(value, (key,), (), 0)
            if called := program.member(target, method):
                yield from _reading(called, passed, program, module, use, wrappers, is_first=False)


def of_named(
    program: Program, module: ModuleIndex, use: Use, wrappers: Mapping[str, tuple[Wrapper, ...]]
) -> Iterator[Found]:
    """`vault.API_KEY` of an object whose `__getattr__` takes the name of an attribute that it has not for a key."""
    if not isinstance(attribute := use.node, Attribute):
        return
    target = program.target(attribute.value, module, use.scope) or ""
    called = program.member(target, "__getattr__") if target.endswith("()") else None
    if called not in wrappers or program.member(target, attribute.name):
        return
    if not any(program.definitions(attribute, module, use.scope)):
        passed = Call(attribute.value, (Const(attribute.name),), (), attribute.at)
        yield from _reading(called or "", passed, program, module, use, wrappers, is_first=False)


def _found(program: Program, module: ModuleIndex, use: Use, read: Read, *, each: bool = False) -> Iterator[Found]:
    possible = dict.fromkeys((each_key if each else keys)(read.key, program, module, use.scope))
    for key in possible:
        need, default = read.need, read.default
        if need == "bare" and use.around.fallback and use.around.fallback[0] is use.node:
            need, default = _need_or(use.around.fallback[1]), use.around.fallback[1]
        spared = module.spared(use)
        refused = spared is not None
        if use.around.caught or key.text in use.around.guarded - ({key.text} if refused else set()):
            need = "optional"
        elif refused and (need == "bare" or isinstance(use.node, Compare) or is_empty(default)):
            need = "required"
        if need == "required" and use.around.conditional and (not use.around.instead or key.parameter):
            need = "bare"
        if need == "required" and spared:
            # There the code goes on without it.
            yield Found(module, use, key, "bare", default, never_in=use.around.never_in)
        never_in = use.around.never_in | (spared or frozenset()) if need == "required" else use.around.never_in
        # What it is refused in may be where it runs for others, and the default that of a developer.
        insists = need == "required" and (bool(never_in) or ((refused or each) and len(possible) > 1))
        form = module.form_of(use)
        yield Found(module, use, key, need, default, refused and not use.around.caught, (), never_in, insists, form)
        for given in _defaults(key, program):
            yield Found(module, use, key.filled(given), "optional", default, never_in=use.around.never_in)


def _need_or(fallback: Expression) -> Need:
    """What `read(KEY) or fallback` needs: an empty default is as good as none."""
    return "bare" if is_empty(fallback) else "optional"


def _defaults(key: Key, program: Program) -> Iterator[Key]:
    """The keys that a parameter is by default."""
    if key.parameter and (found := program.find(key.owner)):
        owner, number = found
        for parameter in owner.scope(number).parameters:
            if parameter.name == key.parameter and parameter.default is not None:
                outer = owner.scope(number).parent
                given = (each_key if key.each else keys)(parameter.default, program, owner, outer)
                yield from (each for each in given if not each.parameter)
