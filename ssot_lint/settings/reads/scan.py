"""The settings that a program's code reads, wrappers included."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from ssot_lint.facts.model import Compare, Const, Display, Opaque
from ssot_lint.facts.order import source_order
from ssot_lint.findings import Site
from ssot_lint.settings.model import UNKNOWN, Form, Need, Setting
from ssot_lint.settings.reads.conversions import form_of_field
from ssot_lint.settings.reads.fields import field_settings
from ssot_lint.settings.reads.indexes import Indexes
from ssot_lint.settings.reads.keys import Key
from ssot_lint.settings.reads.receiving import open_receivers
from ssot_lint.settings.reads.resolve import Program
from ssot_lint.settings.reads.spread import importing, offered
from ssot_lint.settings.reads.standing import READERS, objects_that_read, standing_in
from ssot_lint.settings.reads.uses import Found, of_call, of_handed, of_lookup, of_named, targets
from ssot_lint.settings.reads.wrappers import Wrapper, called_as, wrappers_of
from ssot_lint.settings.values import classify

KIND = "code"
_ROUNDS = 8
_SHORTEST_PATTERN = 4
_NAME = re.compile(r"^[A-Za-z_*][A-Za-z0-9_*.-]*$")


class Reads(NamedTuple):
    """What code reads, and the words by which functions that were left for later would have come to matter."""

    settings: list[Setting]
    words: set[str]


def code_settings(indexes: Indexes, speaks: Callable[[str], bool] = lambda _: True) -> Reads:
    """A `read` setting for each key at each place that reads it, in source order.

    Functions that were left for later do not speak of an environment (`facts.waiting`): they are looked into if they
    are given it, or mention a wrapper or what stands for one.

    Args:
        indexes: those of the modules of the program.
        speaks: whether a module has a word in it that reading an environment takes. Beside those that have, the modules
            that import a wrapper or a settings class are looked into; of the others, only what they import counts.
    """
    paths = {name: source.path for name, (source, _) in indexes.sources.items()}
    scanned = {name for name in indexes if speaks(name)}
    looked_for: set[str] = set()
    program = open_receivers(Program(indexes, sorted(scanned)))
    scanned.update(program.scanned)
    own = standing_in(program)
    while True:
        found, wrappers = _reads(program, READERS | own.names)
        fields = [each for name in program.scanned for each in field_settings(program, indexes[name], paths, KIND)]
        of_fields = {f"{each.place.module}.{each.group}" for each in fields if isinstance(each.place, Site)}
        held = offered({*wrappers, *of_fields, *objects_that_read(program)}, program)
        more = importing(held, indexes.sources) - scanned
        names = _called(wrappers, program) | {each.rpartition(".")[2] for each in held}
        before, own = own, standing_in(program)
        names |= frozenset().union(*own.shared.values()) - READERS  # of those only their modules speak
        opened = _open(indexes, {name: own.shared[name] | (names - looked_for) for name in scanned - more})
        if not _open(indexes, dict.fromkeys(more, names)) and not opened and not more and own == before:
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

    return Reads(sorted(dict.fromkeys((*settings, *fields)), key=order), looked_for | names | READERS | program.asked)


def _open(indexes: Indexes, names: Mapping[str, Collection[str]]) -> bool:
    """Looks into what mentions one of the names, of each of the modules; whether anything does."""
    closed = sorted(name for name, wanted in names.items() if wanted and indexes[name].closed)
    opened = [name for name in closed if indexes[name].open_mentioning(_mentioned(frozenset(names[name])))]
    return bool(opened)


@lru_cache
def _mentioned(names: Collection[str]) -> re.Pattern[bytes]:
    return re.compile(rb"\b(?:%s)\b" % b"|".join(re.escape(name.encode()) for name in sorted(names) if name))


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
        if any(map(reads, targets(alias.value, program, module, alias.scope)))
    }


def _reads(program: Program, readers: Collection[str]) -> tuple[list[Found], dict[str, tuple[Wrapper, ...]]]:
    """Every read whose key is known once all wrappers are, and the wrappers by qualified name.

    `readers` are the last names of what may read by itself.
    Each round looks for the calls of the wrappers that the one before it found.
    """
    wrappers: dict[str, tuple[Wrapper, ...]] = {}
    found = _strict(_round(program, {}, readers))
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
        latest = _strict(_round(program, new))
        found += latest
    return list(_told(_alternatives(found), _scheme(program))), wrappers


def _alternatives(found: Sequence[Found]) -> Iterator[Found]:
    """The reads; `read(A) or require(B)` needs B where nothing gives A, if A is read there.

    So it does after `if read(A): return`.
    """
    read: defaultdict[int, list[str]] = defaultdict(list)
    for each in found:
        read[id(each.use.node)].append(f"{each.key.prefix}*{each.key.text}" if each.key.parameter else each.key.text)
    for each in found:
        before = [read.get(id(node), []) for node in each.use.around.instead]
        names = [name for node in each.use.around.after for name in read.get(id(node), [])]
        if each.need == "required" and before:
            need: Need = "required" if all(before) else "bare"
            names += [name for one in before if need == "required" for name in one]
            yield replace(each, need=need, instead=tuple(dict.fromkeys(names)))
        else:
            yield replace(each, instead=tuple(dict.fromkeys(names))) if names else each


def _strict(found: Iterable[Found]) -> list[Found]:
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


def _wrappers(found: Found, program: Program) -> Iterator[tuple[str, Wrapper]]:
    """What hands the read its key. An object that is made with a key need not be read in each way that it can be."""
    stands_in = f"{found.module.name}.{found.module.scope(found.use.scope).qualname}"
    is_own = found.key.owner == stands_in
    need: Need = "bare" if found.need == "required" and not is_own else found.need
    wrappers = wrappers_of(found.key, need, found.default, program, found.never_in, refuses=found.refused and is_own)
    return ((name, replace(wrapper, form=found.form)) for name, wrapper in wrappers)


def _told(found: Iterable[Found], defaults: Mapping[str, Form]) -> Iterator[Found]:
    """The reads whose key is known, at least in part."""
    for each in found:
        key = each.key
        if not key.parameter:
            if key.text in defaults:
                form = each.form or ("" if each.use.around.handled else defaults[key.text])
                yield replace(each, need="optional", form=form)
            else:
                yield each
        elif key.prefix or key.text:
            # Its callers may give anything in that place.
            yield replace(each, key=Key(f"{key.prefix}*{key.text}"), need="optional", default=None)


def _scheme(program: Program) -> dict[str, Form]:
    """The names with a default in `environ.Env(NAME=(type, default))`, each with what is made of its value."""
    return {
        name: form_of_field(value.items[0])
        for module, use, call in program.calls_of("Env")
        if program.target(call.function, module, use.scope) == "environ.Env"
        for name, value in call.keywords
        if name and isinstance(value, Display) and len(value.items) == 2
    }


def _round(
    program: Program, wrappers: Mapping[str, tuple[Wrapper, ...]], readers: Collection[str] = ()
) -> Iterator[Found]:
    """The calls of these wrappers, and of what reads the environment itself if it has one of the names."""
    is_first = bool(readers)
    names = _called(wrappers, program) | set(readers)
    looks_up = is_first or not names.isdisjoint({"__getitem__", "__contains__"})
    for module in (program.modules[name] for name in program.scanned):
        called = {id(use): use for name in sorted(names & module.calls.keys()) for use in module.calls[name]}
        called |= {id(use): use for use in module.keyed}
        for use in called.values():
            yield from of_call(program, module, use, wrappers, is_first)
        for name in sorted(names & module.handed.keys()):
            for use in module.handed[name]:
                yield from of_handed(program, module, use, name, wrappers, is_first)
        for use in module.lookups if looks_up else ():
            yield from of_lookup(program, module, use, wrappers, is_first)
        for use in module.named if "__getattr__" in names else ():
            yield from of_named(program, module, use, wrappers)


def _settings(found: Found, path: str) -> Iterator[Setting]:
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
