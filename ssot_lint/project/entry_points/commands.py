"""Command lines, and the modules of the project that they start."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Protocol

from ssot_lint.findings import Phase
from ssot_lint.project.entry_points import command_files, shell
from ssot_lint.project.entry_points.search import Mention, Search
from ssot_lint.project.model import EntryKind, EntryPoint
from ssot_lint.project.paths import is_identifier_path

WRAPPERS = frozenset({
    "chpst", "command", "conda", "coverage", "ddtrace-run", "dockerize", "doppler", "dumb-init", "env", "exec", "gosu",
    "hatch", "honcho", "infisical", "ionice", "micromamba", "newrelic-admin", "nice", "nohup", "op",
    "opentelemetry-instrument", "pdm", "pipenv", "pixi", "poetry", "pyinstrument", "rye", "scalene", "setpriv",
    "setsid", "stdbuf", "su-exec", "sudo", "time", "timeout", "tini", "uv", "uvx", "wait-for", "wait-for-it",
    "wait-for-it.sh", "wait-for.sh", "watchfiles", "watchmedo", "xvfb-run",
})  # fmt: skip
SHELLS = frozenset({"sh", "bash", "ash", "dash", "zsh"})
OPTIONS_WITH_VALUE = frozenset({"-X", "-W", "--check-hash-based-pycs"})  # of python
APPLICATION_OPTIONS = frozenset({"-A", "--app", "--module", "-w"})
DEEPEST = 8  # scripts that start scripts

_TARGET = re.compile(r"(?P<module>[A-Za-z_][\w.]*)(?::(?P<name>[A-Za-z_][\w.]*)(?P<call>\(.*\))?)?")
_PYTHON = re.compile(r"python[\d.]*|pypy[\d.]*")


class CommandFile(Protocol):
    """A kind of file that holds command lines. Each module of `command_files` has these two functions."""

    def recognizes(self, path: str) -> bool:
        """Whether a file is of this kind, by its path."""

    def read(self, path: str, text: str) -> Iterator[CommandLine]:
        """Its command lines; raises `ValueError` if it is malformed."""


@dataclass(frozen=True)
class CommandLine:
    """A command and where it stands: words, or shell text. `near` is the directory that it is most likely about."""

    command: list[str] | str
    path: str
    line: int
    near: str


def find_commands(search: Search) -> list[EntryPoint]:
    """What the command lines of all kinds of files start."""
    found: list[EntryPoint] = []
    kinds: list[CommandFile] = [
        importlib.import_module(f"{command_files.__name__}.{module.name}")
        for module in pkgutil.iter_modules(command_files.__path__)
    ]
    for path in search.others:
        for kind in kinds:
            if kind.recognizes(path):
                try:
                    lines = list(kind.read(path, search.text_of(path)))
                except ValueError as error:
                    search.warnings.append(f"{path}: {error}; no entry points were looked for in it")
                    continue
                for line in lines:
                    found += started_by(search, line)
    return found


def started_by(search: Search, line: CommandLine) -> list[EntryPoint]:
    """The entry points that a command line starts, by itself or through the project's own scripts."""
    return list(_Reader(search, line).read(line.command, 0))


class _Reader:
    """Reads one command line, and those of the scripts that it starts."""

    def __init__(self, search: Search, place: CommandLine) -> None:
        self._search = search
        self._place = place
        self._scripts: set[str] = set()

    def read(self, command: list[str] | str, depth: int) -> Iterator[EntryPoint]:
        if depth > DEEPEST:
            return
        if isinstance(command, str):
            for words, _ in shell.commands(command):
                yield from self._words(words, depth)
        else:
            yield from self._words(shell.plain(command), depth)

    def _words(self, words: list[str], depth: int) -> Iterator[EntryPoint]:
        if words and _program(words[0]) in WRAPPERS:
            start = next((i for i in range(1, len(words)) if self._is_launcher(words[i])), len(words))
            words = words[start:]
        if not words:
            return
        program, arguments = _program(words[0]), words[1:]
        if program in SHELLS:
            yield from self._shell(arguments, depth)
        elif _PYTHON.fullmatch(program):
            yield from self._python(arguments, depth)
        elif program in LAUNCHERS:
            yield from self._launch(program, arguments)
        elif program.endswith(".py"):
            yield from self._script(words[0])
        elif "/" in words[0] or program.endswith((".sh", ".bash")):
            yield from self._own_script(words[0], depth)
            yield from self._words(shell.plain(arguments), depth + 1)

    def _is_launcher(self, word: str) -> bool:
        program = _program(word)
        known = program in LAUNCHERS or program in SHELLS or _PYTHON.fullmatch(program) is not None
        return known or program.endswith((".py", ".sh"))

    def _shell(self, arguments: list[str], depth: int) -> Iterator[EntryPoint]:
        for index, argument in enumerate(arguments):
            if argument.startswith("-") and argument.endswith("c") and index + 1 < len(arguments):
                yield from self.read(arguments[index + 1], depth + 1)
                return
            if not argument.startswith(("-", "+")):
                yield from self._own_script(argument, depth)
                yield from self._words(arguments[index + 1 :], depth + 1)
                return

    def _own_script(self, path: str, depth: int) -> Iterator[EntryPoint]:
        """What a shell script of the project starts. The entry points are shown where they stand in it."""
        found = self._search.file(path, self._search.others, self._place.near)
        if found is None and path.endswith((".sh", ".bash")):
            found = self._search.file(f"/{path}", self._search.others)  # images copy scripts elsewhere
        if found is None or found in self._scripts or (not found.endswith((".sh", ".bash")) and "." in _program(found)):
            return
        self._scripts.add(found)
        outer = self._place
        for words, line in shell.commands(self._search.text_of(found)):
            self._place = replace(outer, path=found, line=line)
            yield from self.read(words, depth + 1)
        self._place = outer

    def _python(self, arguments: list[str], depth: int) -> Iterator[EntryPoint]:
        words = iter(arguments)
        for argument in words:
            if argument in OPTIONS_WITH_VALUE:
                next(words, None)
            elif argument == "-m":
                rest = list(words)
                if rest and rest[0] in LAUNCHERS:
                    yield from self._launch(rest[0], rest[1:])
                elif rest and rest[0] in {"debugpy", "coverage", "scalene", "cProfile"}:
                    yield from self._words(["env", *rest[1:]], depth + 1)
                elif rest:
                    yield from self._main(rest[0])
                return
            elif not argument.startswith("-"):
                yield from self._script(argument)
                return
            elif argument == "-c":
                return

    def _main(self, name: str) -> Iterator[EntryPoint]:
        module = self._search.module(name, self._place.near)
        command, meant = f"`python -m {name}`", name
        if module is not None and module.is_package:
            meant = f"{name}.__main__"
            module = self._search.project.modules.get(f"{module.name}.__main__")
        if module is not None:
            yield self._point(module.name, "main", command, as_main=True)
        else:
            self._expect(meant, "", command)

    def _script(self, path: str, program: str = "python") -> Iterator[EntryPoint]:
        module = self._search.script(path, self._place.near)
        command = f"`{program} {path}`"
        if module is not None:
            yield self._point(module.name, "main", command, as_main=True)
        elif is_identifier_path(stem := path.removeprefix("./").removesuffix(".py")):
            self._expect(stem.replace("/", "."), "", command)

    def _launch(self, program: str, arguments: list[str]) -> Iterator[EntryPoint]:
        if program in {"streamlit", "chainlit"}:
            yield from self._script(next((a for a in arguments if a.endswith(".py")), ""), f"{program} run")
            return
        if program == "fastapi":
            yield from self._fastapi(arguments)
            return
        kind: EntryKind = LAUNCHERS[program]
        if program == "gunicorn" and any("uvicorn" in a.lower() or "asgi" in a.lower() for a in arguments):
            kind = "asgi"
        for argument in _values(arguments):
            match = _TARGET.fullmatch(argument)
            module = self._search.module(match["module"], self._place.near) if match else None
            if match and module:
                name = match["name"] or ""
                is_called = bool(match["call"]) or "--factory" in arguments
                is_factory = name and (is_called or self._search.is_factory(module.name, name))
                reason = f"`{program} {match['module']}{':' if name else ''}{name}`"
                symbol = f":{name}" if is_factory else ""
                is_bare = bool(symbol) and match["call"] in (None, "()")
                yield replace(self._point(self._inner(module.name, kind) + symbol, kind, reason), is_bare=is_bare)
                self._expect(match["module"], name, reason)
                return
        for match in filter(None, map(_TARGET.fullmatch, _targets(program, arguments))):
            self._expect(match["module"], match["name"] or "", f"`{program} {match[0]}`")

    def _expect(self, module: str, symbol: str, command: str) -> None:
        place = self._place
        mention = Mention(place.path, place.line, f"{command} in {_program(place.path)}")
        self._search.expect(module, symbol, mention, near=place.near)

    def _inner(self, module: str, kind: EntryKind) -> str:
        """`celery -A proj` means `proj.celery` where that is a module."""
        inner = f"{module}.celery"
        return inner if kind == "celery" and inner in self._search.project.modules else module

    def _fastapi(self, arguments: list[str]) -> Iterator[EntryPoint]:
        """`fastapi run [PATH]`, with the defaults of the `fastapi` command."""
        path = next((a for a in arguments if a.endswith(".py")), "")
        defaults = ("main.py", "app.py", "api.py", "app/main.py", "app/app.py", "app/api.py")
        for candidate in (path,) if path else defaults:
            module = self._search.script(candidate, self._place.near)
            if module is not None:
                yield self._point(module.name, "asgi", f"`fastapi run {path}`".replace(" `", "`"))
                return

    def _point(self, spec: str, kind: EntryKind, command: str, *, as_main: bool = False) -> EntryPoint:
        phase: Phase = "startup" if ":" in spec else "import"
        file = _program(self._place.path)
        return EntryPoint(spec, kind, phase, self._place.path, self._place.line, f"{command} in {file}", as_main)


def _program(word: str) -> str:
    return PurePosixPath(word).name


def _values(arguments: list[str]) -> Iterator[str]:
    """The words that may name a target: `--app=pkg.mod` counts as `pkg.mod`."""
    for argument in arguments:
        yield argument.partition("=")[2] if argument.startswith("--") and "=" in argument else argument


def _targets(program: str, arguments: list[str]) -> Iterator[str]:
    """The words that surely name a target: what is given as the application, or names a module and a symbol."""
    for before, argument in zip(["", *arguments], arguments, strict=False):
        option, _, value = argument.partition("=")
        if option in APPLICATION_OPTIONS and value:
            yield value
        elif before in APPLICATION_OPTIONS or (program != "celery" and ":" in argument):
            yield argument


LAUNCHERS: dict[str, EntryKind] = {
    "celery": "celery", "chainlit": "main", "daphne": "asgi", "fastapi": "asgi", "flask": "wsgi", "granian": "asgi",
    "gunicorn": "wsgi", "hypercorn": "asgi", "quart": "asgi", "streamlit": "main", "uvicorn": "asgi", "uwsgi": "wsgi",
    "waitress-serve": "wsgi",
}  # fmt: skip
