"""How far wrappers go: the modules that import one, under whatever name, or an instance of a class that is one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ssot_lint.facts.model import Call, Expression, ModuleFacts, Name
from ssot_lint.project.model import Source
from ssot_lint.settings.reads.index import ModuleIndex, last_name
from ssot_lint.settings.reads.resolve import Program


def offered(wrappers: Iterable[str], program: Program) -> set[str]:
    """The qualified names by which a program's modules have wrappers, or what they make of one."""
    found = {_top(wrapper, program) for wrapper in wrappers}
    while True:
        short = {each.rpartition(".")[2] for each in found}
        more = {
            f"{module.name}.{name}"
            for module in (program.modules[scanned] for scanned in program.scanned)
            for name in _made_of(found, short, module, program)
        }
        if more <= found:
            return found
        found |= more


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


def _made_of(offered: Collection[str], short: Collection[str], module: ModuleIndex, program: Program) -> Iterator[str]:
    """The names of a module that stand for something that is offered: imported, assigned, or returned by it."""
    for (scope, name), dotted in list(module.imported.items()):
        if scope == 0 and any(each.rpartition(".")[2] in short and program.dotted(each) in offered for each in dotted):
            yield name
    for (scope, name), values in list(module.assigned.items()):
        if scope == 0 and any(_is_made_of(offered, short, value, module, program, 0) for value in values):
            yield name
    for number, values in list(module.returned.items()):
        function = module.scope(number)
        if function.parent == 0 and any(_is_made_of(offered, short, each, module, program, number) for each in values):
            yield function.name


def _is_made_of(
    offered: Collection[str],
    short: Collection[str],
    value: Expression,
    module: ModuleIndex,
    program: Program,
    scope: int,
) -> bool:
    named = value.function if isinstance(value, Call) else value
    if last_name(named) not in short and not isinstance(value, Name):
        return False
    target = program.target(value, module, scope)
    return target is not None and target.removesuffix("()") in offered


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
