"""Which modules each service of the compose files runs, told by its command or by the Dockerfile that it is made of."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ssot_lint.project.entry_points.command_files import compose, dockerfile
from ssot_lint.project.entry_points.commands import CommandLine, started_by
from ssot_lint.project.entry_points.search import Library, Search
from ssot_lint.project.model import Project
from ssot_lint.project.paths import parent
from ssot_lint.settings.yaml_tree import Node, YamlError, documents

# Images that hold no code of the project.
_OTHERS = re.compile(
    r"(?:^|/)(?:postgres|postgis|pgvector|timescaledb|mysql|mariadb|mongo|redis|redis-stack|valkey|memcached|rabbitmq|nats"
    r"|kafka|cp-kafka|zookeeper|elasticsearch|opensearch|clickhouse-server|minio|localstack|mailhog|mailpit|nginx|traefik"
    r"|caddy|haproxy|envoy|prometheus|grafana|loki|jaeger|otel\w*|vault|keycloak|pgadmin4?|adminer|pgbouncer|qdrant|etcd"
    r"|weaviate|neo4j|influxdb|flower|busybox|alpine)(?:[:@]|$)"
)


@dataclass
class _Service:
    """What all compose files say of a service of that name."""

    commands: list[CommandLine] = field(default_factory=list)
    dockerfiles: set[str] = field(default_factory=set)
    images: set[str] = field(default_factory=set)


def starts_by_service(
    project: Project, library: Library, paths: Iterable[str], text_of: Callable[[str], str]
) -> dict[str, frozenset[str]]:
    """The modules that each service starts: none where it runs something of others, no entry where that is not known.

    `paths` are files of the project, and `text_of` raises `ValueError` for one that can't be read.
    """
    services: dict[str, _Service] = {}
    for path in paths:
        if compose.recognizes(path):
            for name, service in _services(path, text_of):
                _add(services.setdefault(name, _Service()), path, service)
    search = Search(project, library)
    found = {name: _starts(search, service, text_of) for name, service in services.items()}
    return {name: starts for name, starts in found.items() if starts is not None}


def _services(path: str, text_of: Callable[[str], str]) -> Iterator[tuple[str, Node]]:
    try:
        roots = documents(text_of(path))
    except (YamlError, ValueError):
        return  # It is told of where its settings are read.
    for root in roots:
        held = root.get("services")
        yield from ((name.text or "", service) for name, service in (held.fields() if held else ()))


def _add(known: _Service, path: str, service: Node) -> None:
    known.commands += compose.commands_of(path, service)
    if image := service.text_of("image"):
        known.images.add(image)
    if (build := service.get("build")) is not None:
        context = build.text or build.text_of("context") or "."
        name = build.text_of("dockerfile") or "Dockerfile"
        known.dockerfiles.add(posixpath.normpath(posixpath.join(parent(path), context, name)))


def _starts(search: Search, service: _Service, text_of: Callable[[str], str]) -> frozenset[str] | None:
    found = {point.module for line in service.commands for point in started_by(search, line)}
    if not found:
        for path in service.dockerfiles:
            found |= {point.module for line in _commands(path, search, text_of) for point in started_by(search, line)}
    is_of_others = not service.dockerfiles and bool(service.images) and all(map(_OTHERS.search, service.images))
    return frozenset(found) if found or is_of_others else None


def _commands(path: str, search: Search, text_of: Callable[[str], str]) -> Iterator[CommandLine]:
    if path not in search.project.others:
        return
    try:
        yield from dockerfile.read(path, text_of(path))
    except ValueError:
        return


def closures(
    starts: Mapping[str, frozenset[str]], imported: Callable[[str], Iterable[str]]
) -> dict[str, frozenset[str]]:
    """Of each service all modules that it runs: those that it starts, and what they import."""
    return {service: frozenset(_closure(modules, imported)) for service, modules in starts.items()}


def _closure(modules: Iterable[str], imported: Callable[[str], Iterable[str]]) -> set[str]:
    found: set[str] = set()
    stack = list(modules)
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack += imported(name)
    return found
