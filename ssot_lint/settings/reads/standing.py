"""What stands for the environment, or for what reads it, under a name of its own: `self.data = dict(os.environ)`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from ssot_lint.settings.reads.idioms import FALLBACKS, idiom_of
from ssot_lint.settings.reads.index import ModuleIndex, last_name
from ssot_lint.settings.reads.resolve import ENVIRON, Program

READERS = frozenset({"get", "getenv", "pop", "setdefault", "config", "Config", "__getitem__", "startswith", *FALLBACKS})
"""The last names of what reads by itself."""
_SOURCES = frozenset({"environ", "dotenv_values", *READERS})


def objects_that_read(program: Program) -> set[str]:
    """The qualified names of globals that are called themselves to read, as `env` is after `env = environ.Env()`."""
    modules = (program.modules[name] for name in program.scanned)
    return {f"{module.name}.{name}" for module in modules for scope, name in module.made_readers if scope == 0}


class StandIns(NamedTuple):
    """The last names by which modules have an environment, or what reads one.

    `shared` are, by module, those that more than one function may see, and `names` all of them.
    """

    shared: dict[str, set[str]]
    names: set[str]


def standing_in(program: Program) -> StandIns:
    """The stand-ins of the modules that are scanned."""
    shared: dict[str, set[str]] = {scanned: set() for scanned in program.scanned}
    names = set(_SOURCES)
    for module in (program.modules[scanned] for scanned in program.scanned):
        names.update(name for _, name in module.made_readers)
        shared[module.name].update(name for scope, name in module.made_readers if _is_shared(module, name, scope))
    new = names
    while new:
        found: set[str] = set()
        for module, alias in program.aliases_of(new):
            if _reads(program.target(alias.value, module, alias.scope)):
                found.add(alias.name)
                if _is_shared(module, alias.name, alias.scope):
                    shared[module.name].add(alias.name)
        for scanned, own in shared.items():
            own.update(had := set(_had(new, program.modules[scanned], program)))
            found |= had
        new = found - names
        names |= new
    return StandIns(shared, names)


def _is_shared(module: ModuleIndex, name: str, scope: int) -> bool:
    """Whether what is assigned in a scope is a global, or an attribute of a class or of its instances."""
    if (module.class_around(scope), name) in module.attributes:
        return True
    return (scope, name) in module.assigned and module.scope(scope).kind in ("module", "class")


def _had(names: Collection[str], module: ModuleIndex, program: Program) -> Iterator[str]:
    """What a module imports, and its functions that return such a thing."""
    for (_, name), dotted in list(module.imported.items()):
        for each in dotted:
            if each[each.rfind(".") + 1 :] in names and _reads(program.dotted(each)):
                yield name
    for number, values in list(module.returned.items()):
        for value in values:
            if last_name(value) in names and _reads(program.target(value, module, number)):
                yield module.scope(number).name


def _reads(target: str | None) -> bool:
    return target is not None and (target == ENVIRON or idiom_of(target) is not None)
