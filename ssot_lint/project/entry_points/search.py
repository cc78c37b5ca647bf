"""What every finder looks into: one scan of the files' bytes, and the facts of the few that it names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cached_property
from typing import NamedTuple, Protocol

from ssot_lint.facts.model import ModuleFacts, Parameter, Unreadable
from ssot_lint.findings import Span
from ssot_lint.project.conditions import Condition, holds
from ssot_lint.project.entry_points.view import View
from ssot_lint.project.model import EntryPoint, LostTarget, Project, Source
from ssot_lint.project.paths import join, parent
from ssot_lint.project.roots import SIDE_DIRECTORIES

LARGEST_TEXT = 2**20  # bytes: what stands behind them in a file is no command
LONGEST_TRAIL = 20  # of re-exports from one module to the next
_SIDE_FILES = frozenset(("conftest.py", "noxfile.py", "test.py", "tests.py"))


class Library(Protocol):
    """Where the facts of modules come from."""

    def get(self, module: str) -> ModuleFacts | Unreadable | None:
        """The facts of a module of the project; None if there is none of that name."""


class Mention(NamedTuple):
    """Where something is named (from this line on), and by what, in words."""

    path: str
    line: int
    words: str


class Search:
    """The project as finders see it. What could not be read is told in `warnings`, what is not there in `lost`.

    `looked_at` are the Python files that fulfilled one of the `conditions` for that, or were read for another reason.
    """

    def __init__(self, project: Project, library: Library, needles: Collection[bytes] = ()) -> None:
        self.project = project
        self.warnings: list[str] = []
        self.lost: list[LostTarget] = []
        self.looked_at: set[str] = set()
        self.conditions: set[Condition] = set()
        self.library = library
        self._views: dict[str, View | None] = {}
        self._hits: dict[bytes, list[Source]] = {}
        self._by_path = {source.path: source for source in project.modules.values()}
        self._by_last: defaultdict[str, list[Source]] = defaultdict(list)
        for source in project.modules.values():
            self._by_last[source.name.rpartition(".")[2]].append(source)
        self._scan(needles)

    @cached_property
    def sources(self) -> list[Source]:
        """The Python files that may start the program: none of tests, documentation or examples."""
        return [source for source in self.project.modules.values() if not is_side_path(source.path)]

    @cached_property
    def others(self) -> list[str]:
        """The other files, without those of tests, documentation and examples."""
        return [path for path in self.project.others if not is_side_path(path)]

    @cached_property
    def commands(self) -> list[EntryPoint]:
        """What the command lines in the project's files start."""
        from ssot_lint.project.entry_points.commands import find_commands

        return find_commands(self)

    def containing(self, *needles: bytes) -> list[Source]:
        """The files in whose bytes one of the needles stands, in the order of their names."""
        return self.fulfilling([(needle,) for needle in needles])

    def fulfilling(self, conditions: Collection[Condition]) -> list[Source]:
        """The files that fulfil one of the conditions, in the order of their names."""
        self.conditions.update(conditions)
        self._scan({condition[0] for condition in conditions if condition[0] not in self._hits})
        asked: defaultdict[str, list[Condition]] = defaultdict(list)
        for condition in conditions:
            for source in self._hits[condition[0]]:
                asked[source.name].append(condition)
        chosen = [self.project.modules[name] for name in sorted(asked) if self._fulfils(name, asked[name])]
        self.looked_at.update(source.path for source in chosen)
        return chosen

    def _fulfils(self, name: str, conditions: Collection[Condition]) -> bool:
        if any(len(condition) == 1 for condition in conditions):
            return True  # its word was found there
        content = self._read(self.project.modules[name])
        return any(holds(condition, content) for condition in conditions)

    def _scan(self, needles: Collection[bytes]) -> None:
        self._hits.update({needle: [] for needle in needles})
        if not needles:
            return
        for source in self.sources:
            text = self._read(source)
            for needle in needles:
                if needle in text:
                    self._hits[needle].append(source)

    def bytes_of(self, source: Source) -> bytes:
        """The bytes of a module; none if it can't be read, which the stage that parses it tells."""
        self.looked_at.add(source.path)
        return self._read(source)

    def _read(self, source: Source) -> bytes:
        try:
            return self.project.read(source)
        except OSError:
            return b""

    def text_of(self, path: str) -> str:
        """The text of another file; empty, and a warning, if it can't be read."""
        try:
            with (self.project.root / path).open("rb") as file:
                return file.read(LARGEST_TEXT).decode("utf-8-sig", "replace")
        except OSError as error:
            self.warnings.append(f"{path}: can't be read ({error.strerror}); no entry points were looked for in it")
            return ""

    def view(self, module: str) -> View | None:
        """The facts of a module made easy to read; None if there is no such module, or it can't be parsed."""
        if module not in self._views:
            self._views[module] = self._make_view(module)
        return self._views[module]

    @property
    def viewed(self) -> Collection[str]:
        """The modules whose facts were asked for."""
        return self._views.keys()

    def _make_view(self, module: str) -> View | None:
        source = self.project.modules.get(module)
        if source is None:
            return None
        text, facts = self.bytes_of(source), self.library.get(module)
        return View(source, facts, text) if isinstance(facts, ModuleFacts) else None

    def views(self, *needles: bytes) -> Iterator[View]:
        """The views of the files in whose bytes one of the needles stands."""
        for source in self.containing(*needles):
            view = self.view(source.name)
            if view is not None:
                yield view

    def module(self, name: str, near: str = "") -> Source | None:
        """The module that a command line or a setting names, seen from a directory.

        The working directory of a command can't be known. In this order: the file that the name means in that
        directory, the module of that name, the file that it means from the root, the only module below the
        directory whose name ends so, the only one of the project.
        """
        plain = self._plain(name, near)
        if plain is not None:
            return plain
        ending = self._ending(name)
        nearby = [source for source in ending if source.path.startswith(f"{near}/")]
        return next((found[0] for found in (nearby, ending) if len(found) == 1), None)

    def _plain(self, name: str, near: str) -> Source | None:
        relative = name.replace(".", "/")
        return self._file(join(near, relative)) or self.project.modules.get(name) or self._file(relative)

    def _ending(self, name: str) -> list[Source]:
        return [source for source in self._by_last[name.rpartition(".")[2]] if source.name.endswith(f".{name}")]

    def expect(self, name: str, symbol: str, mention: Mention, *, near: str = "", is_start: bool = True) -> None:
        """Notes as lost a module that a package of the project should hold, or a symbol that a module should bind.

        A module that is named from another directory may be any whose name ends so.
        """
        module, head = self._plain(name, near), symbol.partition(".")[0]
        if module is not None:
            view = self.view(module.name) if head else None
            expected = module.name if view and head not in view.body.bound else None
        else:
            expected = None if self._ending(name) else self._expected(name, near)
            head = ""
        if expected is not None:
            self.lost.append(LostTarget(expected, head, self._place(mention, name), mention.words, is_start))

    def _expected(self, name: str, near: str) -> str | None:
        """What the project would call a module that it lacks; None if it stands in no package of the project."""
        parts = name.split(".")
        for end in range(len(parts) - 1, 0, -1):
            package = self._plain(".".join(parts[:end]), near)
            if package is not None:
                return ".".join([package.name, *parts[end:]])
        return None

    def _place(self, mention: Mention, name: str) -> Span:
        """Where a name stands that is mentioned from a line on."""
        name = name.removesuffix(".__main__")
        source = self._by_path.get(mention.path)
        text = self.bytes_of(source).decode("utf-8", "replace") if source else self.text_of(mention.path)
        rest = list(enumerate(text.splitlines()[mention.line - 1 :], mention.line))
        line, column = next(((line, text.index(name) + 1) for line, text in rest if name in text), (mention.line, 1))
        return Span(mention.path, line, column, line, column + (len(name) if name in text else 0))

    def _file(self, stem: str) -> Source | None:
        return self._by_path.get(f"{stem}/__init__.py") or self._by_path.get(f"{stem}.py")

    def script(self, path: str, near: str = "") -> Source | None:
        """The Python file that a command line names by its path."""
        found = self.file(path, self._by_path, near)
        return self._by_path[found] if found else None

    @staticmethod
    def file(path: str, among: Collection[str], near: str = "") -> str | None:
        """The file that a command line means by a path: seen from a directory, from the root, or by a unique ending.

        An absolute path is one in a container, of which only the end can be known.
        """
        parts = [part for part in path.split("/") if part not in {"", "."}]
        while parts and ".." not in parts:
            relative = "/".join(parts)
            for exact in (join(near, relative), relative):
                if exact in among:
                    return exact
            ending = [other for other in among if other.endswith(f"/{relative}")]
            if len(ending) == 1:
                return ending[0]
            if not path.startswith("/"):
                return None
            parts.pop(0)
        return None

    def is_factory(self, module: str, name: str) -> bool:
        """Whether a server that is told `module:name` must call it for the application, as uvicorn finds out too."""
        defined, _, last = self.definition(f"{module}.{name}").rpartition(".")
        view = self.view(defined)
        functions = [scope for scope in view.scopes("function") if scope.qualname == last] if view else []
        return bool(functions) and not functions[-1].is_async and not any(map(_is_required, functions[-1].parameters))

    def definition(self, dotted: str) -> str:
        """Where a name is defined, as far as re-exports tell: `app.web.create_app` is `app.web.factory.create_app`."""
        for _ in range(LONGEST_TRAIL):
            module, name = self._split(dotted)
            view = self.view(module) if module and name else None
            head, _, rest = name.partition(".")
            if view is None or head not in view.imports:
                return dotted
            dotted = f"{view.imports[head]}.{rest}" if rest else view.imports[head]
        return dotted

    def _split(self, dotted: str) -> tuple[str, str]:
        """The longest module of the project that a dotted name starts with, and the rest."""
        module, rest = dotted, ""
        while module and module not in self.project.modules:
            module, _, last = module.rpartition(".")
            rest = f"{last}.{rest}" if rest else last
        return module, rest


def _is_required(parameter: Parameter) -> bool:
    return parameter.default is None and not parameter.kind.startswith("var-")


def is_side_path(path: str) -> bool:
    """Whether a file belongs to tests, documentation or examples: it starts nothing unless a command names it."""
    name = path.rpartition("/")[2]
    is_test = name.startswith("test_") or name.endswith("_test.py") or name in _SIDE_FILES
    return is_test or not SIDE_DIRECTORIES.isdisjoint(parent(path).split("/"))
