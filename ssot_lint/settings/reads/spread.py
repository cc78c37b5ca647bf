"""How far wrappers go: the modules that import one, under whatever name, or an instance of a class that is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial

from ssot_lint.facts.model import Call, Expression, ModuleFacts, Name
from ssot_lint.project.model import Source
from ssot_lint.settings.reads.index import ModuleIndex, last_name
from ssot_lint.settings.reads.resolve import Program


def offered(wrappers: Iterable[str], program: Program) -> set[str]:
    """The qualified names by which a program's modules have wrappers, or what they make of one."""
    standing = _standing(program)
    by_target: defaultdict[str, list[str]] = defaultdict(list)
    found: set[str] = set()
    new = {_top(wrapper, program) for wrapper in wrappers}
    while new:
        found |= new
        for last in {"", *(each.rpartition(".")[2] for each in new)}:
            for name, target in standing.pop(last, ()):
                by_target[(target() or "").removesuffix("()")].append(name)
        new = {name for target in by_target.keys() & found for name in by_target.pop(target)} - found
    return found


def importing(names: Iterable[str], modules: Mapping[str, tuple[Source, ModuleFacts]]) -> set[str]:
    """The modules that import one of these qualified names."""
    homes: dict[str, set[str]] = {}
    for each in names:
        home, _, name = each.rpartition(".")
        homes.setdefault(home, set()).add(name)
    return {name for name, (source, facts) in modules.items() if _imports(source, facts, homes)}


def _top(wrapper: str, program: Program) -> str:
    """The name that a module has a wrapper by: the function's, or its class's."""
    parts = wrapper.split(".")
    cut = next((cut for cut in range(len(parts) - 1, 0, -1) if ".".join(parts[:cut]) in program.modules), 0)
    return ".".join(parts[: cut + 1])


def _standing(program: Program) -> dict[str, list[tuple[str, Callable[[], str | None]]]]:
    """What the modules have that may stand for something else: its qualified name, and a way to tell for what.

    It is by the last name of that; what is just a name may stand for anything.
    """
    found: defaultdict[str, list[tuple[str, Callable[[], str | None]]]] = defaultdict(list)

    def note(name: str, value: Expression, module: ModuleIndex, scope: int) -> None:
        last = "" if isinstance(value, Name) else last_name(value.function if isinstance(value, Call) else value)
        if last or isinstance(value, Name):
            found[last].append((f"{module.name}.{name}", partial(program.target, value, module, scope)))

    for module in (program.modules[scanned] for scanned in program.scanned):
        for (scope, name), dotted in module.imported.items():
            for each in dotted if scope == 0 else ():
                found[each.rpartition(".")[2]].append((f"{module.name}.{name}", partial(program.dotted, each)))
        for (scope, name), values in module.assigned.items():
            for value in values if scope == 0 else ():
                note(name, value, module, 0)
        for number, values in module.returned.items():
            function = module.scope(number)
            for value in values if function.parent == 0 else ():
                note(function.name, value, module, number)
    return found


def _imports(source: Source, facts: ModuleFacts, homes: Mapping[str, Collection[str]]) -> bool:
    for statement in facts.imports:
        base = _absolute(source, statement.level, statement.module)
        names = homes.get(base, ())
        if not statement.names and base in homes:
            return True  # `import pkg.settings`
        if any(name in names or name == "*" or f"{base}.{name}" in homes for name in statement.names):
            return bool(names) or any(f"{base}.{name}" in homes for name in statement.names)
    return False


def _absolute(source: Source, level: int, module: str) -> str:
    if not level:
        return module
    parts = source.name.split(".")
    kept = parts[: len(parts) - level + source.is_package]
    return ".".join([*kept, module] if module else kept)
