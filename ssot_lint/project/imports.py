"""Which modules of the project an import statement imports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ssot_lint.project.model import Project, Source


def absolute_name(importing: Source, level: int, module: str) -> str | None:
    """The dotted name that `from <level dots><module> import …` means, or None if the dots lead out of the package."""
    if level == 0:
        return f"{importing.prefix}.{module}" if module.partition(".")[0] in importing.prefixed else module
    parts = importing.name.split(".")
    package = parts if importing.is_package else parts[:-1]
    if level > len(package):
        return None
    return ".".join([*package[: len(package) - level + 1], *([module] if module else [])])


def resolve_import(project: Project, importing: Source, level: int, module: str, names: Sequence[str]) -> list[str]:
    """The modules that an import runs, in order: packages first, then the module, then submodules.

    `level`, `module` and `names` are those of the statement (`names` empty for `import module`). What lies outside the
    project and its environment, or does not exist, is left out.
    """
    base = absolute_name(importing, level, module)
    if base is None:
        return []
    wanted = [*with_packages(base), *(f"{base}.{name}" for name in names)]
    return [name for name in dict.fromkeys(wanted) if project.find(name) is not None]


def with_packages(name: str) -> Iterable[str]:
    """`a`, `a.b`, `a.b.c` for `a.b.c`: what importing it runs, in order."""
    parts = name.split(".")
    return (".".join(parts[:length]) for length in range(1, len(parts) + 1))
