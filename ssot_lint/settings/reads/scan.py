"""The settings that a program's code reads, wrappers included."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ssot_lint.facts.model import Attribute, Call, Compare, Const, Display, Expression, Index, Name, Opaque
from ssot_lint.facts.order import source_order
from ssot_lint.findings import Site
from ssot_lint.settings.model import UNKNOWN, Form, Need, Setting
from ssot_lint.settings.reads.conversions import handed_conversion
from ssot_lint.settings.reads.elements import has_entry, looped_over
from ssot_lint.settings.reads.fields import field_settings
from ssot_lint.settings.reads.idioms import FALLBACKS, Read, idiom_of, is_empty, read_of
from ssot_lint.settings.reads.index import ModuleIndex, Use, last_name
from ssot_lint.settings.reads.indexing import Indexes
from ssot_lint.settings.reads.keys import Key, each_key, keys
from ssot_lint.settings.reads.resolve import ENVIRON, Program
from ssot_lint.settings.reads.spread import importing, offered
from ssot_lint.settings.reads.wrappers import Wrapper, called_as, wrappers_of
from ssot_lint.settings.values import classify

KIND = "code"
_ROUNDS = 8
_SHORTEST_PATTERN = 4
_NAME = re.compile(r"^[A-Za-z_*][A-Za-z0-9_*.-]*$")
_READERS = frozenset(
    {"get", "getenv", "pop", "setdefault", "config", "Config", "__getitem__", "startswith", *FALLBACKS}
)
_VIEWS = frozenset({"items", "keys"})


@dataclass(frozen=True)
class _Found:
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


def code_settings(
    indexes: Indexes, speaks: Callable[[str], bool] = lambda _: True, text: Callable[[str], bytes] = lambda _: b""
) -> list[Setting]:
    """A `read` setting for each key at each place that reads it, in source order.

    Functions that nobody has read yet do not speak of an environment (`facts.waiting`): they are looked into if they
    mention a wrapper or what stands for one.

    Args:
        indexes: those of the modules of the program.
        text: what the file of a module holds.
        speaks: whether a module has a word in it that reading an environment takes. Beside those that have, the modules
            that import a wrapper or a settings class are looked into; of the others, only what they import counts.
    """
    paths = {name: source.path for name, (source, _) in indexes.sources.items()}
    scanned = {name for name in indexes if speaks(name)}
    looked_for: set[str] = set()
    program = Program(indexes, sorted(scanned))
    while True:
        found, wrappers = _reads(program)
        fields = [each for name in program.scanned for each in field_settings(program, indexes[name], paths, KIND)]
        of_fields = {f"{each.place.module}.{each.group}" for each in fields if isinstance(each.place, Site)}
        held = offered({*wrappers, *of_fields, *_objects_that_read(program)}, program)
        more = importing(held, indexes.sources) - scanned
        names = _called(wrappers, program) | {each.rpartition(".")[2] for each in held}
        opened = _open(indexes, scanned - more, names - looked_for, text)
        if not _open(indexes, more, names, text) and not opened and not more:
            break
        scanned |= more
        looked_for |= names
        program = program.widened(sorted(scanned))
    settings = [setting for each in found for setting in _settings(each, paths[each.module.name])]
    in_turn = {name: source_order(indexes[name].facts) for name in program.scanned}

    def order(setting: Setting) -> tuple[str, tuple[int, int], str, str, str]:
        place = setting.place
        at = in_turn[place.module](place.at) if isinstance(place, Site) and place.module in in_turn else (0, 0)
        return (setting.path, at, setting.name, setting.need, f"{setting.value_state} {setting.number}")

    return sorted(dict.fromkeys((*settings, *fields)), key=order)


def _open(indexes: Indexes, scanned: Iterable[str], names: Iterable[str], text: Callable[[str], bytes]) -> bool:
    """Looks into what mentions one of the names; whether anything does."""
    mentioned = re.compile(rb"\b(?:%s)\b" % b"|".join(re.escape(name.encode()) for name in sorted(names) if name))
    closed = [name for name in sorted(scanned) if indexes[name].closed] if any(names) else []
    opened = [name for name in closed if indexes[name].open_mentioning(mentioned, text(name))]
    return bool(opened)


def _called(wrappers: Collection[str], program: Program) -> set[str]:
    """The names by which wrappers are called: a class by its own name, and its `__init__` by those below it."""
    names = {called_as(name, program) for name in wrappers} | {name.rpartition(".")[2] for name in wrappers}
    if "__call__" in names:
        names.add("self")
    return names | _aliases({*names, *wrappers}, wrappers.__contains__, program)


def _aliases(names: set[str], reads: Callable[[str], object], program: Program) -> set[str]:
    """By what other names what `reads` is called, of all that has one of these."""
    return {
        alias.name
        for module, alias in program.aliases_of(names)
        if any(map(reads, _targets(alias.value, program, module, alias.scope)))
    }


def _reads(program: Program) -> tuple[list[_Found], dict[str, tuple[Wrapper, ...]]]:
    """Every read whose key is known once all wrappers are, and the wrappers by qualified name.

    Each round looks for the calls of the wrappers that the one before it found.
    """
    wrappers: dict[str, tuple[Wrapper, ...]] = {}
    found = _strict(_round(program, {}, is_first=True))
    latest = found
    for _ in range(_ROUNDS):
        new: dict[str, tuple[Wrapper, ...]] = {}
        for each in latest:
            for name, wrapper in _wrappers(each, program) if each.key.parameter else ():
                if wrapper not in wrappers.get(name, ()) and wrapper not in new.get(name, ()):
                    new[name] = (*new.get(name, ()), wrapper)
        if not new:
            break
        wrappers |= {name: (*wrappers.get(name, ()), *each) for name, each in new.items()}
        latest = _strict(_round(program, new, is_first=False))
        found += latest
    return list(_told(_alternatives(found), _scheme(program))), wrappers


def _alternatives(found: Sequence[_Found]) -> Iterator[_Found]:
    """The reads; `read(A) or require(B)` needs B where nothing gives A, if A is read there."""
    read: defaultdict[int, list[str]] = defaultdict(list)
    for each in found:
        read[id(each.use.node)].append(f"{each.key.prefix}*{each.key.text}" if each.key.parameter else each.key.text)
    for each in found:
        before = [read.get(id(node), []) for node in each.use.around.instead]
        if each.need != "required" or not before:
            yield each
        elif all(before):
            yield replace(each, instead=tuple(dict.fromkeys(name for names in before for name in names)))
        else:
            yield replace(each, need="bare")


def _strict(found: Iterable[_Found]) -> list[_Found]:
    """The reads without the tests (`key in os.environ`) of what the same function can't do without."""
    reads = list(found)
    needed = {(each.module.name, each.use.scope, each.key) for each in reads if each.need == "required"}
    return [
        each
        for each in reads
        if each.need == "required"
        or not isinstance(each.use.node, Compare)
        or (each.module.name, each.use.scope, each.key) not in needed
    ]


def _wrappers(found: _Found, program: Program) -> Iterator[tuple[str, Wrapper]]:
    """What hands the read its key. An object that is made with a key need not be read in each way that it can be."""
    stands_in = f"{found.module.name}.{found.module.scope(found.use.scope).qualname}"
    is_own = found.key.owner == stands_in
    need: Need = "bare" if found.need == "required" and not is_own else found.need
    wrappers = wrappers_of(found.key, need, found.default, program, found.never_in, refuses=found.refused and is_own)
    return ((name, replace(wrapper, form=found.form)) for name, wrapper in wrappers)


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
        for module, use, call in program.calls_of("Env")
        if program.target(call.function, module, use.scope) == "environ.Env"
        for name, value in call.keywords
        if name and isinstance(value, Display) and len(value.items) == 2
    }


def _round(program: Program, wrappers: Mapping[str, tuple[Wrapper, ...]], *, is_first: bool) -> Iterator[_Found]:
    """The calls of these wrappers, and first of all what reads the environment itself."""
    names = _called(wrappers, program)
    if is_first:
        names |= _READERS | _made_readers(program)
        names |= _aliases(names, idiom_of, program)
    looks_up = is_first or not names.isdisjoint({"__getitem__", "__contains__"})
    for module in (program.modules[name] for name in program.scanned):
        called = {id(use): use for name in sorted(names & module.calls.keys()) for use in module.calls[name]}
        called |= {id(use): use for use in module.keyed}
        for use in called.values():
            yield from _call(program, module, use, wrappers, is_first)
        for name in sorted(names & module.handed.keys()):
            for use in module.handed[name]:
                yield from _handed(program, module, use, name, wrappers, is_first)
        for use in module.lookups if looks_up else ():
            yield from _lookup(program, module, use, wrappers, is_first)
        for use in module.named if "__getattr__" in names else ():
            yield from _named(program, module, use, wrappers)


def _made_readers(program: Program) -> set[str]:
    """The names of what is called itself to read, as `env` is after `env = environ.Env()`."""
    return {name for _, _, name in _objects(program)}


def _objects_that_read(program: Program) -> set[str]:
    """The qualified names of those that are globals, which other modules may import."""
    return {f"{module}.{name}" for module, scope, name in _objects(program) if scope == 0}


def _objects(program: Program) -> Iterator[tuple[str, int, str]]:
    """The module, the scope and the name of what is called itself to read."""
    for module in (program.modules[name] for name in program.scanned):
        yield from ((module.name, scope, name) for scope, name in module.made_readers)


def _call(
    program: Program, module: ModuleIndex, use: Use, wrappers: Mapping[str, tuple[Wrapper, ...]], is_first: bool
) -> Iterator[_Found]:
    if not isinstance(call := use.node, Call):
        return
    if is_first and last_name(call.function) == "startswith":
        yield from _selected(program, module, use, call)
    if is_first and (variable := dict(call.keywords).get("envvar")) is not None:
        # an option of click and its kin, of one variable or several
        read = Read(variable, None, "optional")
        yield from _found(program, module, use, read, each=isinstance(variable, Display))
    for target in _targets(call.function, program, module, use.scope):
        yield from _reading(target, call, program, module, use, wrappers, is_first)


def _reading(
    target: str,
    call: Call,
    program: Program,
    module: ModuleIndex,
    use: Use,
    wrappers: Mapping[str, tuple[Wrapper, ...]],
    is_first: bool,
) -> Iterator[_Found]:
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


def _targets(function: Expression, program: Program, module: ModuleIndex, scope: int) -> list[str]:
    """What calling an expression runs: of an instance `__call__`, of a class its `__init__` or the fields it has."""
    target = program.target(function, module, scope)
    if target is None:
        return []
    if target.endswith("()"):
        return [program.member(target, "__call__") or f"{target[:-2]}.__call__"]
    if (found := program.find(target)) and found[0].scope(found[1]).kind == "class":
        return [target, program.member(f"{target}()", "__init__") or target]
    return [target]


def _handed(
    program: Program,
    module: ModuleIndex,
    use: Use,
    name: str,
    wrappers: Mapping[str, tuple[Wrapper, ...]],
    is_first: bool,
) -> Iterator[_Found]:
    """`partial(read, "KEY")`, `to_thread(read, "KEY")`, `map(read, KEYS)`: a function and what it is called with."""
    if not isinstance(call := use.node, Call):
        return
    for position, argument in enumerate(call.arguments[:-1]):
        if last_name(argument) == name:
            given = call.arguments[position + 1 :]
            for target in _targets(argument, program, module, use.scope):
                if last_name(call.function) != "map":
                    passed = Call(argument, given, call.keywords, call.at)
                    yield from _reading(target, passed, program, module, use, wrappers, is_first)
                elif is_first and idiom_of(target):
                    yield from _found(program, module, use, Read(given[0], None, "bare"), each=True)
                for wrapper in wrappers.get(target, ()) if last_name(call.function) == "map" else ():
                    for found in _found(program, module, use, Read(given[0], None, wrapper.idiom.without), each=True):
                        yield replace(found, key=wrapper.key.filled(found.key))


def _selected(program: Program, module: ModuleIndex, use: Use, call: Call) -> Iterator[_Found]:
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


def _lookup(
    program: Program, module: ModuleIndex, use: Use, wrappers: Mapping[str, tuple[Wrapper, ...]], is_first: bool
) -> Iterator[_Found]:
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
            passed = Call(value, [key], [], 0)
            if called := program.member(target, method):
                yield from _reading(called, passed, program, module, use, wrappers, is_first=False)


def _named(
    program: Program, module: ModuleIndex, use: Use, wrappers: Mapping[str, tuple[Wrapper, ...]]
) -> Iterator[_Found]:
    """`vault.API_KEY` of an object whose `__getattr__` takes the name of an attribute that it has not for a key."""
    if not isinstance(attribute := use.node, Attribute):
        return
    target = program.target(attribute.value, module, use.scope) or ""
    called = program.member(target, "__getattr__") if target.endswith("()") else None
    if called not in wrappers or program.member(target, attribute.name):
        return
    if not any(program.definitions(attribute, module, use.scope)):
        passed = Call(attribute.value, [Const(attribute.name)], [], attribute.at)
        yield from _reading(called or "", passed, program, module, use, wrappers, is_first=False)


def _found(program: Program, module: ModuleIndex, use: Use, read: Read, *, each: bool = False) -> Iterator[_Found]:
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
            yield _Found(module, use, key, "bare", default, never_in=use.around.never_in)
        never_in = use.around.never_in | (spared or frozenset()) if need == "required" else use.around.never_in
        # What it is refused in may be where it runs for others, and the default that of a developer.
        insists = need == "required" and (bool(never_in) or ((refused or each) and len(possible) > 1))
        form = module.form_of(use)
        yield _Found(module, use, key, need, default, refused and not use.around.caught, (), never_in, insists, form)
        for given in _defaults(key, program):
            yield _Found(module, use, key.filled(given), "optional", default, never_in=use.around.never_in)


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
        instead=found.instead,
        never_in=tuple(sorted(found.never_in)),
        insists=found.insists,
        form=found.form,
        group=scope.qualname if scope.kind in {"function", "lambda"} else "",
        at_import=scope.kind not in {"function", "lambda"},
    )
