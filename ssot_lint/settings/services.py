"""Which modules each service runs, told by its command or by the Dockerfile that it is made of.

Services are those of compose files, the workloads of Kubernetes, and the applications of Fly.io.
"""

from __future__ import annotations

import contextlib
import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from ssot_lint.project.entry_points.command_files import compose, dockerfile
from ssot_lint.project.entry_points.commands import CommandLine, started_by
from ssot_lint.project.entry_points.search import Library, Search
from ssot_lint.project.model import Project
from ssot_lint.project.paths import parent
from ssot_lint.settings.chart_templates import NOT_KNOWN, documents_of
from ssot_lint.settings.compose_services import Composed, path_of
from ssot_lint.settings.environments import service_words
from ssot_lint.settings.files import stands_aside
from ssot_lint.settings.model import Runner, Setting
from ssot_lint.settings.readers import fly, kubernetes
from ssot_lint.settings.surroundings import beside, surroundings
from ssot_lint.settings.yaml_tree import Node, YamlError, documents

# Images that hold no code of the project.
_OTHERS = re.compile(
    r"(?:^|/)(?:postgres|postgis|pgvector|timescaledb|mysql|mariadb|mongo|redis|redis-stack|valkey|memcached|rabbitmq|nats"
    r"|kafka|cp-kafka|zookeeper|elasticsearch|opensearch|clickhouse-server|minio|localstack|mailhog|mailpit|nginx|traefik"
    r"|caddy|haproxy|envoy|prometheus|grafana|loki|jaeger|otel\w*|vault|keycloak|pgadmin4?|adminer|pgbouncer|qdrant|etcd"
    r"|weaviate|neo4j|influxdb|flower|busybox|alpine)(?:[:@]|$)"
)


_FOLDERS = frozenset(
    {"docker", "dockerfiles", "deploy", "deployment", "build", "container", "containers", "infra", "ci"}
)


@dataclass
class _Service:
    """What all files of a kind say of a service of that name."""

    commands: list[CommandLine] = field(default_factory=list)
    dockerfiles: set[tuple[str, str]] = field(default_factory=set)  # each with the stage that is built, or nothing
    images: set[str] = field(default_factory=set)


def starts_by_service(
    project: Project,
    library: Library,
    paths: Iterable[str],
    text_of: Callable[[str], str],
    tasks: Collection[str] = (),
) -> dict[Runner, frozenset[str]]:
    """The modules that each service starts: none where it runs something of others, no entry where that is not known.

    `paths` are files of the project, and `text_of` raises `ValueError` for one that can't be read. What a Celery worker
    starts are the modules of `tasks`, too.
    """
    services: defaultdict[Runner, _Service] = defaultdict(_Service)
    for path in paths:
        with contextlib.suppress(YamlError, ValueError):  # It is told of where its settings are read.
            if compose.recognizes(path):
                _add_compose(services, path, Composed(path, documents(text_of(path)), partial(beside, project)))
            elif fly.recognizes(path):
                _add_application(services, path, text_of(path))
            else:
                _add_workloads(services, path, documents_of(path, text_of(path), surroundings(project, path)["folder"]))
    search = Search(project, library)
    only = _only_dockerfile(project)
    for (kind, _), service in services.items():
        is_own = service.images and not any(map(_OTHERS.search, service.images))
        if only and kind == "kubernetes" and is_own and not service.commands:
            service.dockerfiles.update((only, each) for each in _stage_of(_stages(only, text_of), service.images))
    found = {name: _starts(search, service, text_of, tasks) for name, service in services.items()}
    return {name: starts for name, starts in found.items() if starts is not None}


def starts_by_command(project: Project, library: Library, commands: Iterable[Setting]) -> dict[Runner, frozenset[str]]:
    """The modules that the commands start which services are given (`STARTED`), of those that start some."""
    search = Search(project, library)
    found: defaultdict[Runner, frozenset[str]] = defaultdict(frozenset)
    for each in commands:
        started = started_by(search, CommandLine(each.group.split("\0"), each.path, each.line, ""))
        found[each.kind, each.service] |= {point.module for point in started}
    return {runner: modules for runner, modules in found.items() if modules}


def starts_by_dockerfile(
    project: Project, library: Library, text_of: Callable[[str], str]
) -> dict[Runner, frozenset[str]]:
    """The modules that the images start whose Dockerfiles, or the folders of these, have a name of their own.

    `docker/web.staging.Dockerfile`, `Dockerfile.web` and `web/Dockerfile` are of the service `web`. One without a name,
    if it is the only one, is of whatever service.
    """
    search = Search(project, library)
    found: dict[Runner, frozenset[str]] = {}
    only = _only_dockerfile(project)
    for path in project.others:
        if dockerfile.recognizes(path) and not stands_aside(path):
            name = name_of_dockerfile(path)
            if not name and path != only:
                continue
            for own, starts in _starts_of_image(search, path, name, text_of):
                found["dockerfile", own] = found.get(("dockerfile", own), frozenset()) | starts
    return found


def _only_dockerfile(project: Project) -> str:
    """The Dockerfile of a project that has one; empty where it has several, or none."""
    found = [path for path in project.others if dockerfile.recognizes(path) and not stands_aside(path)]
    return found[0] if len(found) == 1 else ""


def name_of_dockerfile(path: str) -> str:
    """The words that a Dockerfile's name, or else its folder, has beside its environment."""
    own = re.sub(r"docker|file", " ", path.rpartition("/")[2], flags=re.IGNORECASE)
    folder = parent(path).rpartition("/")[2]
    words = service_words(own) or (service_words(folder) - _FOLDERS)
    return "-".join(sorted(words))


def _add_compose(services: Mapping[Runner, _Service], path: str, composed: Composed) -> None:
    for root in composed.roots:
        held = root.get("services")
        for name, service in held.fields() if held else ():
            own = path_of(path, root)
            parts = list(composed.extended(own, held or root, service))
            known = services["compose", name.text or ""]
            # What a service says itself stands above what it extends.
            known.commands += next(filter(None, (list(compose.commands_of(own, each)) for each in parts)), [])
            if image := next(filter(None, (each.text_of("image") for each in parts)), ""):
                known.images.add(image)
            build = next((build for each in parts if (build := each.get("build")) is not None), None)
            if build is not None:
                folder, context = parent(path_of(path, build)), build.text or build.text_of("context") or "."
                file = _joined(folder, context, build.text_of("dockerfile") or "Dockerfile")
                known.dockerfiles.add((file, build.text_of("target")))


def _add_workloads(services: Mapping[Runner, _Service], path: str, roots: Iterable[Node]) -> None:
    for root in roots:
        for workload in kubernetes.workloads(root):
            if NOT_KNOWN in workload.name:
                continue
            known = services["kubernetes", workload.name]
            for container in workload.containers:
                known.commands += _commands_of_container(path, container)
                if image := container.text_of("image"):
                    known.images.add(image)


def _commands_of_container(path: str, container: Node) -> Iterator[CommandLine]:
    words = [each for key in ("command", "args") for each in container.list_of(key)]
    if words:
        yield CommandLine([each.text or "" for each in words], path, words[0].line, "")


def _add_application(services: Mapping[Runner, _Service], path: str, text: str) -> None:
    application = fly.application(text)
    known = services["fly", application.name]
    known.commands += [CommandLine(command, path, 1, parent(path)) for command in application.processes]
    known.dockerfiles.add((_joined(parent(path), application.dockerfile), ""))


def _joined(*parts: str) -> str:
    return posixpath.normpath(posixpath.join(*parts))


def _starts(
    search: Search, service: _Service, text_of: Callable[[str], str], tasks: Collection[str] = ()
) -> frozenset[str] | None:
    started = [point for line in service.commands for point in started_by(search, line)]
    if not started:
        for path, target in sorted(service.dockerfiles):
            lines = dockerfile.commands_of(_stages(path, text_of), target) if path in search.project.others else []
            started += [point for line in lines for point in started_by(search, line)]
    found = {point.module for point in started}
    if any(point.kind == "celery" for point in started):
        found.update(tasks)
    is_of_others = not service.dockerfiles and bool(service.images) and all(map(_OTHERS.search, service.images))
    return frozenset(found) if found or is_of_others else None


def _stages(path: str, text_of: Callable[[str], str]) -> list[dockerfile.Stage]:
    """The stages of a Dockerfile; none if it can't be read."""
    try:
        return dockerfile.stages(path, text_of(path))
    except ValueError:
        return []


def _stage_of(stages: Sequence[dockerfile.Stage], images: Collection[str]) -> list[str]:
    """The stage that an image is, by its name, or nothing for the only one with commands; none if it may be any."""
    names = {re.split(r"[:@]", image)[0].rpartition("/")[2] for image in images}
    named = [each.name for each in stages if each.name and each.name in names]
    return named or ([""] if sum(bool(each.commands) for each in stages) < 2 else [])


def _starts_of_image(
    search: Search, path: str, name: str, text_of: Callable[[str], str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """(name, modules that it starts) of each image that is made of a Dockerfile: that of the file, or of a stage."""
    serving = [each.name for each in _stages(path, text_of) if each.commands and each.name]
    by_stage = {each: _starts(search, _Service(dockerfiles={(path, each)}), text_of) for each in serving}
    if len({starts for starts in by_stage.values() if starts}) > 1:
        named = ((("-".join(sorted(service_words(stage))) or name), starts) for stage, starts in by_stage.items())
        yield from ((stage, starts) for stage, starts in named if starts)
    elif (starts := _starts(search, _Service(dockerfiles={(path, "")}), text_of)) is not None:
        yield name, starts


def closures(
    starts: Mapping[Runner, frozenset[str]], imported: Callable[[Runner, str], Iterable[str]]
) -> dict[Runner, frozenset[str]]:
    """Of each service all modules that it runs: those that it starts, and what they import there."""
    return {service: frozenset(_closure(modules, partial(imported, service))) for service, modules in starts.items()}


def _closure(modules: Iterable[str], imported: Callable[[str], Iterable[str]]) -> set[str]:
    found: set[str] = set()
    stack = list(modules)
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack += imported(name)
    return found
