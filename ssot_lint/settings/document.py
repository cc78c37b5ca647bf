"""A file as the readers see it, and the settings that they make from its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, TypedDict

from typing_extensions import Unpack

from ssot_lint.findings import Span
from ssot_lint.settings.chart_templates import documents_of
from ssot_lint.settings.elsewhere import Line, Module
from ssot_lint.settings.environments import environment_of_path, is_example
from ssot_lint.settings.model import Role, Setting
from ssot_lint.settings.values import Value, classify
from ssot_lint.settings.yaml_tree import Node, YamlError

_FARTHEST = 5000
"""How far into a line is looked for the place of a name: a line of megabytes may hold thousands of them."""


class UnreadableError(ValueError):
    """A file that its reader can't make sense of; `line` is 1-based."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


class TooLargeError(UnreadableError):
    """A file that is larger than people write one of its kind."""


class Details(TypedDict, total=False):
    """What a place says beside name and value; `shown` is the text to point at where it isn't the name itself."""

    service: str
    environment: str
    group: str
    shown: str


@dataclass(frozen=True)
class Document:
    """A settings file: its path relative to the root, its decoded text, and what the configuration says of it.

    `source`, `declared_environment` and `symbol` come from a `[[sources]]` table; all empty for a file that was found.
    `neighbours` gives the texts of the files of the same ending in the same folder, and of what they are read with.
    `folder` gives those of the same ending in another folder, and `variables` the paths and texts of the files of
    variables that Terraform may be given with those of this one. `beside` gives the text of a file of the project, and
    `module` the module that an import statement of a Python file names, by the number of its dots and the dotted name.
    """

    path: str
    text: str = field(repr=False)
    source: str = ""
    declared_environment: str = ""
    symbol: str = ""
    neighbours: Callable[[], Sequence[str]] = field(default=tuple, repr=False, compare=False)
    folder: Callable[[str], Sequence[str]] = field(default=lambda _: (), repr=False, compare=False)
    variables: Callable[[], Sequence[tuple[str, str]]] = field(default=tuple, repr=False, compare=False)
    beside: Callable[[str], str | None] = field(default=lambda _: None, repr=False, compare=False)
    module: Callable[[int, str], Module | None] = field(default=lambda *_: None, repr=False, compare=False)

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def is_named(self) -> bool:
        """Whether the configuration names it."""
        return bool(self.source)

    @property
    def is_example(self) -> bool:
        """Whether it is there to be copied."""
        return is_example(self.path)

    @cached_property
    def environment(self) -> str:
        """The environment that it speaks of, or empty."""
        return self.declared_environment or environment_of_path(self.path)

    @cached_property
    def lines(self) -> list[str]:
        """The text in lines, without their ends."""
        return self.text.splitlines()

    @cached_property
    def yaml(self) -> list[Node]:
        """The YAML documents, or the one of JSON, templates of charts filled in; raises `YamlError`."""
        try:
            return documents_of(self.path, self.text, self.folder)
        except YamlError as error:
            raise error.of("JSON") if self.path.endswith(".json") else error from None

    def span(self, line: int, text: str = "") -> Span:
        """The place of `text` in that line, or what the line holds if it isn't there."""
        source = line.source if isinstance(line, Line) else self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        start = source.find(text, 0, _FARTHEST) if text else -1
        if start < 0:
            start, text = len(source) - len(source.lstrip()), source.strip()
        number = int(line)
        return Span(self._path_of(line), number, start + 1, number, start + 1 + max(len(text), 1))

    def _path_of(self, line: int) -> str:
        """The file in which a line stands."""
        return line.path if isinstance(line, Line) else self.path

    def line_of(self, text: str, first: int, last: int) -> int:
        """The first of the lines from `first` to `last` in which `text` stands; `first` if it stands in none."""
        lines = range(first, min(last, len(self.lines)) + 1) if first < last else ()
        return next((line for line in lines if self.lines[line - 1].find(text, 0, _FARTHEST) >= 0), first)

    def setting(
        self, name: str, value: Value | str | None, role: Role, line: int, kind: str, **details: Unpack[Details]
    ) -> Setting:
        """A setting that stands in `line`."""
        known = value if isinstance(value, Value) else classify(name, value)
        path = self._path_of(line)
        told = "" if path == self.path else environment_of_path(path)
        return Setting(
            name=name,
            value_state=known.state,
            role=role,
            kind=kind,
            source=self.source or path,
            path=path,
            place=self.span(line, details.get("shown") or name),
            environment=details.get("environment", self.environment) or told,
            service=details.get("service", ""),
            secret=known.secret,
            digest=known.digest,
            number=known.number,
            unit=known.unit,
            form=known.form,
            exposed=known.exposed,
            tells=known.tells,
            speaks=known.speaks,
            through="" if path == self.path else self.path,
            group=details.get("group", ""),
        )


class Reader(Protocol):
    """A kind of settings file. Every module of `ssot_lint.settings.readers` has one, named `Reader`."""

    kind: str

    def recognizes(self, path: str, text: str) -> bool:
        """Whether a file is unmistakably of this kind."""

    def read(self, document: Document) -> Iterator[Setting]:
        """Its settings; raises `UnreadableError` or `YamlError`."""
