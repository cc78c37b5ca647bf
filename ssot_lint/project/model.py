"""What is analysed: the project's root, its modules, and the entry points that start it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from ssot_lint.findings import Phase, Span

if TYPE_CHECKING:
    from ssot_lint.project.environment import Environment

EntryKind: TypeAlias = Literal[
    "asgi", "wsgi", "lifespan", "event", "route", "dependency", "middleware", "exception-handler",
    "django", "command", "celery", "task", "cli", "script", "main", "module", "configured", "shutdown", "lambda",
    "migrations",
]  # fmt: skip


@dataclass(frozen=True)
class Source:
    """One Python file: its dotted module name, POSIX path relative to the root, and whether it is an `__init__`.

    Where two source roots hold a package of one name, that of the later root has a longer one. `prefix` is then what
    stands before the names of this file's root, and `prefixed` are the top-level names that have it before them: what
    the file imports as `app.db` is `prefix.app.db`.
    """

    name: str
    path: str
    is_package: bool
    prefix: str = ""
    prefixed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class EntryPoint:
    """Where the program starts: a module that is imported, and perhaps a symbol in it that is then called.

    `spec` is as interface names it (`pkg.mod` or `pkg.mod:qualname`). `phase` is the phase of what is called (or
    `import` where nothing is). `path` and `line` (1-based) say where it was found, `reason` why it counts.
    `as_main` runs the module with `__name__ == "__main__"`. A plug-in `is_loaded`: by a
    program that runs already. What `is_bare` is called without arguments, as servers and scripts do.
    """

    spec: str
    kind: EntryKind
    phase: Phase
    path: str
    line: int
    reason: str
    as_main: bool = False
    is_loaded: bool = False
    is_bare: bool = False

    @property
    def module(self) -> str:
        """The module to import."""
        return self.spec.partition(":")[0]

    @property
    def symbol(self) -> str:
        """The qualified name inside the module that is called after the import, or empty."""
        return self.spec.partition(":")[2]


@dataclass(frozen=True, order=True)
class LostTarget:
    """What a command line, a declaration or a setting names, and nobody found: a module, or a symbol of one.

    `module` is its dotted name as the project would have it. `place` is where it is named, `words` by what.
    `is_start` tells what starts or runs the program from what another program loads.
    """

    module: str
    symbol: str
    place: Span
    words: str
    is_start: bool = True


@dataclass(frozen=True)
class Project:
    """All files of one root.

    `modules` maps dotted names to sources. `roots` are the source roots, relative, the first one first in a search;
    the root itself is `.`. `namespaces` are packages without an `__init__`. `others` are the paths of the files that
    are not Python. `warnings` say what was left out and why. `environment` has the installed packages that may be
    looked into.
    """

    root: Path
    roots: tuple[str, ...]
    modules: dict[str, Source]
    namespaces: frozenset[str]
    others: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    environment: Environment | None = None

    @property
    def layout(self) -> list[object]:
        """Where each module stands, and how its imports are resolved."""
        modules = self.modules.values()
        sources = [(source.name, source.path, source.prefix, sorted(source.prefixed)) for source in modules]
        return [sources, self.roots]

    def find(self, name: str) -> Source | None:
        """A module of the project or of the environment."""
        return self.modules.get(name) or (self.environment.find(name) if self.environment is not None else None)

    def is_module(self, name: str) -> bool:
        """Whether there is such a module or package, namespace packages among them."""
        if name in self.modules or name in self.namespaces:
            return True
        environment = self.environment
        return environment is not None and (environment.find(name) is not None or environment.is_namespace(name))

    def read(self, source: Source) -> bytes:
        """The bytes of a file; raises `OSError`."""
        return (self.root / source.path).read_bytes()
