"""Ports at which images listen, held against those to which deployments send requests.

Only what is written out on both sides counts: an image that listens at `$PORT` listens wherever it is told to.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ssot_lint.facts.model import Attribute, Call, Const, ModuleFacts, Name
from ssot_lint.facts.nested import walk
from ssot_lint.findings import Site, Span
from ssot_lint.project.entry_points.command_files import compose, dockerfile
from ssot_lint.project.entry_points.commands import SHELLS, CommandLine, started_by
from ssot_lint.project.entry_points.search import Library, Search
from ssot_lint.project.model import Project
from ssot_lint.project.paths import parent
from ssot_lint.settings.commands import BY_DEFAULT, KIND, PORT, TIMEOUT
from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.environments import service_words
from ssot_lint.settings.files import stands_aside, text_of
from ssot_lint.settings.model import Setting, Settings
from ssot_lint.settings.services import name_of_dockerfile
from ssot_lint.settings.shell import commands
from ssot_lint.settings.yaml_tree import Node, YamlError

_SERVERS = frozenset(
    {"uvicorn", "hypercorn", "gunicorn", "daphne", "granian", "fastapi", "waitress-serve", "streamlit"}
)
_OPTIONS = frozenset({"--port", "--bind", "--server.port", "-b", "-p"})
_DEFAULT = 8080.0
"""The port to which Cloud Run sends requests where no other one is told."""
_OF_UVICORN = 8000
"""The port at which `uvicorn.run` listens where it is told none."""
_LONGEST = 20
"""Lines of a command."""
_NUMBER = re.compile(r"(?:.*:)?(\d{2,5})")


@dataclass(frozen=True)
class Listening:
    """The port at which what a command starts listens, and where that stands."""

    port: int
    place: Site | Span


@dataclass(frozen=True)
class Deaf:
    """Places that send requests to other ports than that at which the service listens; others do right."""

    listening: Listening
    places: tuple[tuple[str, int, Span], ...]
    others: tuple[Span, ...]
    is_deployed: bool


def deaf(project: Project, settings: Settings, library: Library) -> Iterator[Deaf]:
    """The images that do not listen where requests go, each once."""
    search = Search(project, library)
    images = dict(_images(search))
    told = list(_deployed([*_ports(project, settings)], images))
    yield from told
    places = {each.listening.place for each in told}
    published = _published(search, {path: listening for path, (_, listening) in images.items()})
    yield from (each for each in published if each.listening.place not in places)


def _images(search: Search) -> Iterator[tuple[str, tuple[frozenset[str], Listening | None]]]:
    """Each Dockerfile with the words of the service that it is of, and the port at which it listens, if it is known."""
    for path in search.project.others:
        if dockerfile.recognizes(path) and not stands_aside(path):
            try:
                text = text_of(search.project, path)
            except UnreadableError:
                continue  # its reader tells of it
            lines = dockerfile.commands_of(dockerfile.stages(path, text), "")
            yield path, (service_words(name_of_dockerfile(path)), _listening(search, Document(path, text), lines))


def _ports(project: Project, settings: Settings) -> Iterator[Setting]:
    """The ports of deployments: those of their flags, and that of Cloud Run for commands that give none."""
    deployed = [each for each in settings.of("deployed") if each.service and not each.is_past]
    starting_otherwise = {path for path in {each.path for each in deployed} if _starts_otherwise(project, path)}
    given = {(each.path, each.service) for each in deployed if each.name == PORT}
    open_files = {each.path for each in deployed if each.is_pattern}
    for each in deployed:
        if each.name == PORT and each.path not in starting_otherwise:
            yield each
        is_whole = each.kind == KIND and (each.group == BY_DEFAULT or not each.path.endswith(".py"))
        is_whole = is_whole and each.name == TIMEOUT and each.path not in open_files | starting_otherwise
        if is_whole and (each.path, each.service) not in given and not _speaks_of(project, each.path, PORT):
            yield replace(each, name=PORT, number=_DEFAULT)


def _starts_otherwise(project: Project, path: str) -> bool:
    """Whether a file gives some service another command than that of its image."""
    return any(_speaks_of(project, path, flag) for flag in ("--command", "--args", "--function"))


def _speaks_of(project: Project, path: str, flag: str) -> bool:
    try:
        return flag in text_of(project, path)
    except UnreadableError:
        return True  # it may


def _deployed(
    deployed: Sequence[Setting], images: dict[str, tuple[frozenset[str], Listening | None]]
) -> Iterator[Deaf]:
    by_image: defaultdict[str, list[Setting]] = defaultdict(list)
    for each in deployed:
        image = _image_of(each.service, images) if each.number else None
        if image is not None:
            by_image[image].append(each)
    for image, deployments in by_image.items():
        listening = images[image][1]
        if listening is not None:
            wrong = [each for each in deployments if each.number != listening.port]
            right = [each.place for each in deployments if each not in wrong and isinstance(each.place, Span)]
            places = [
                (each.service, int(each.number or 0), each.place) for each in wrong if isinstance(each.place, Span)
            ]
            if places:
                yield Deaf(listening, tuple(dict.fromkeys(places)), tuple(right), is_deployed=True)


def _image_of(service: str, images: dict[str, tuple[frozenset[str], Listening | None]]) -> str | None:
    """The Dockerfile that has the name of a service, or the only one whose name is a part of it."""
    words = service_words(service)
    alike = [path for path, (own, _) in images.items() if own and own <= words]
    most = max((len(images[path][0]) for path in alike), default=0)
    nearest = [path for path in alike if len(images[path][0]) == most]
    return nearest[0] if len(nearest) == 1 else None


def _published(search: Search, images: dict[str, Listening | None]) -> Iterator[Deaf]:
    """Services of compose files whose published ports are not that at which they listen."""
    for path in filter(compose.recognizes, search.project.others):
        if stands_aside(path):
            continue
        try:
            document = Document(path, text_of(search.project, path))
            roots = document.yaml
        except (UnreadableError, YamlError):
            continue  # its reader tells of it
        for root in roots:
            services = root.get("services")
            for name, service in services.fields() if services else ():
                listening = _listening_in(search, document, service, images)
                ports = list(_container_ports(service))
                known = [number for _, number in ports]
                if listening is not None and known and None not in known and listening.port not in known:
                    said = name.text or ""
                    places = [(said, number or 0, document.span(node.line, node.text or "")) for node, number in ports]
                    yield Deaf(listening, tuple(places), (), is_deployed=False)


def _listening_in(
    search: Search, document: Document, service: Node, images: dict[str, Listening | None]
) -> Listening | None:
    if service.get("extends") is not None or service.get("network_mode") is not None:
        return None
    lines = list(compose.commands_of(document.path, service))
    if lines:
        return _listening(search, document, lines[-1:])
    build = service.get("build")
    if build is None or build.get("target") is not None:
        return None
    folder = f"{parent(document.path)}/{build.text or build.text_of('context') or '.'}"
    return images.get(_joined(folder, build.text_of("dockerfile") or "Dockerfile"))


def _joined(folder: str, name: str) -> str:
    return posixpath.normpath(posixpath.join(folder.lstrip("/"), name))


def _container_ports(service: Node) -> Iterator[tuple[Node, int | None]]:
    """The ports inside the container that are published; None for one that is not a number."""
    for node in service.list_of("ports"):
        target = node.get("target") or node
        text = (target.text or "").partition("/")[0].rpartition(":")[2]
        yield target, int(text) if text.isdecimal() else None


def _listening(search: Search, document: Document, lines: Sequence[CommandLine]) -> Listening | None:
    """The port that the last command gives to a server; None where it is not written out."""
    if not lines:
        return None
    line = lines[-1]
    for words in _commands_in(line.command):
        names = [word.rpartition("/")[2] for word in words]
        server = next((position for position, name in enumerate(names) if name in _SERVERS), None)
        if server is None:
            continue
        given = list(_given(words[server + 1 :]))
        if len(given) == 1 and (match := _NUMBER.fullmatch(given[0])):
            at = document.line_of(match[1], line.line, line.line + _LONGEST)
            return Listening(int(match[1]), document.span(at, match[1]))
        return None
    modules = {point.module for point in started_by(search, line) if point.kind == "main"}
    return _served_by(search.library, modules.pop()) if len(modules) == 1 else None


def _served_by(library: Library, module: str) -> Listening | None:
    """The port that the only `uvicorn.run(…)` of a module is given; None where it is not written out."""
    facts = library.get(module)
    if not isinstance(facts, ModuleFacts):
        return None
    nodes = (node for scope in facts.scopes for node in walk(scope.glance()))
    calls = [node for node in nodes if isinstance(node, Call) and _runs_uvicorn(node)]
    given = {name: value for call in calls for name, value in call.keywords}
    port = given.get("port", Const(_OF_UVICORN))
    if len(calls) != 1 or None in given or not isinstance(port, Const) or not isinstance(port.value, int):
        return None
    return Listening(port.value, Site(module, calls[0].at))


def _runs_uvicorn(call: Call) -> bool:
    function = call.function
    owner = function.value if isinstance(function, Attribute) and function.name == "run" else None
    return isinstance(owner, Name) and owner.id == "uvicorn"


def _given(words: Sequence[str]) -> Iterator[str]:
    for position, word in enumerate(words):
        option, is_joined, value = word.partition("=")
        if option in _OPTIONS and is_joined:
            yield value
        elif option in _OPTIONS and position + 1 < len(words):
            yield words[position + 1]


def _commands_in(command: list[str] | str) -> Iterator[list[str]]:
    """The words of each command; of one for a shell those of what that runs."""
    if isinstance(command, list) and command and command[0].rpartition("/")[2] in SHELLS:
        command = command[-1]
    if isinstance(command, list):
        yield command
    else:
        yield from ([word.text for word in words] for words in commands(command))
