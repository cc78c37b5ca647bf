"""What stands for the environment, or for what reads it, under a name of its own: `self.data = dict(os.environ)`."""

from __future__ import annotations

from collections.abc import Collection, Iterator

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


def standing_in(program: Program) -> dict[str, set[str]]:
    """The last names by which each scanned module has an environment, or what reads one."""
    found = {scanned: {name for _, name in program.modules[scanned].made_readers} for scanned in program.scanned}
    names = set(_SOURCES).union(*found.values())
    while True:
        for module, alias in program.aliases_of(names):
            if alias.name not in found[module.name] and _reads(program.target(alias.value, module, alias.scope)):
                found[module.name].add(alias.name)
        for scanned, own in found.items():
            own.update(_had(names, program.modules[scanned], program))
        more = names.union(*found.values())
        if more == names:
            return found
        names = more


def _had(names: Collection[str], module: ModuleIndex, program: Program) -> Iterator[str]:
    """What a module imports, and its functions that return such a thing."""
    for (_, name), dotted in list(module.imported.items()):
        if any(each.rpartition(".")[2] in names and _reads(program.dotted(each)) for each in dotted):
            yield name
    for number, values in list(module.returned.items()):
        if any(last_name(each) in names and _reads(program.target(each, module, number)) for each in values):
            yield module.scope(number).name


def _reads(target: str | None) -> bool:
    return target is not None and (target == ENVIRON or idiom_of(target) is not None)
