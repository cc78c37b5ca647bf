"""Functions that are given the environment: they may pass it on, though no word of their bodies speaks of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from ssot_lint.facts.model import Call
from ssot_lint.settings.reads.index import ModuleIndex, last_name
from ssot_lint.settings.reads.resolve import ENVIRON, Program
from ssot_lint.settings.reads.uses import targets

_NAME = "environ"


def open_receivers(program: Program) -> Program:
    """The program with those functions looked into, and the modules scanned that they stand in."""
    seen: set[tuple[str, int]] = set()
    held: defaultdict[str, set[str]] = defaultdict(set)
    changed: Collection[str] = program.scanned
    while new := {(owner.name, number) for owner, number in _receivers(program, changed, held)} - seen:
        seen |= new
        for name, number in sorted(new):
            owner = program.modules[name]
            if owner.scope(number).kind == "class":
                owner.open_methods(number)
            elif number in owner.closed:
                owner.open_those([number])
            held[name].update(each.name for each in owner.scope(number).parameters)
        changed = sorted({name for name, _ in new})
        program = program.widened(sorted({*program.scanned, *changed}))
    return program


def _receivers(
    program: Program, names: Iterable[str], held: Mapping[str, Collection[str]]
) -> Iterator[tuple[ModuleIndex, int]]:
    """What calls in modules run that give the environment, under its own name or under one that the module holds."""
    for module in map(program.modules.__getitem__, names):
        given_as = {_NAME, *(alias.name for alias in module.aliases.get(_NAME, ())), *held.get(module.name, ())}
        for use in [use for uses in module.calls.values() for use in uses]:
            call = use.node
            if not isinstance(call, Call):
                continue
            given = [*call.arguments, *(value for _, value in call.keywords)]
            if any(
                last_name(each) in given_as and program.target(each, module, use.scope) == ENVIRON for each in given
            ):
                found = map(program.find, targets(call.function, program, module, use.scope))
                yield from (each for each in found if each is not None)
