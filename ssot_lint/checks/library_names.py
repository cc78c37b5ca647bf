"""Names of Python's own library that the Python which runs the project does not have yet, or has no more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import tomli

from ssot_lint.callgraph.code import Code
from ssot_lint.checks.bindings import running
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.target import Target, Version, targets
from ssot_lint.config.resources import rules_directory
from ssot_lint.facts.model import Import, ImportFrom, Statement
from ssot_lint.findings import Level
from ssot_lint.project.model import Project


class _Span(NamedTuple):
    """The first Python that has a name, and the first that has it no more; None where there is none."""

    since: Version | None
    gone: Version | None


class Imported(NamedTuple):
    """A module outside the project that a function or module body imports, or from which it takes a name."""

    place: Reached
    module: str
    name: str


def imported(start: Start) -> list[Imported]:
    """All that is imported from outside where it counts."""
    known: dict[Code, list[tuple[str, str, int]]] = {}
    found: list[Imported] = []
    for node in start.graph.nodes.values():
        code = node.activation.code
        if code not in known:
            known[code] = [each for statement in running(code.scope.glance()) for each in _outside(start, statement)]
        for module, name, at in known[code]:
            place = Reached(node, at, 0)
            if start.counts(place):
                found.append(Imported(place, module, name))
    return found


def _outside(start: Start, statement: Statement) -> Iterator[tuple[str, str, int]]:
    if isinstance(statement, Import):
        yield from ((name, "", at) for name, _, at in statement.names if not start.bindings.is_module(name))
    elif isinstance(statement, ImportFrom) and not statement.level and not start.bindings.is_module(statement.module):
        yield statement.module, "", statement.at
        yield from ((statement.module, name, at) for name, _, at in statement.names)


def lacking(start: Start, imports: list[Imported]) -> Iterator[tuple[Reached, str, Level]]:
    """Each import that the start runs of what a target lacks, what is wrong, and how bad that is."""
    project = start.context.project
    found = targets(project)
    own: dict[str, list[Target]] = {}
    for place, module, name in imports if found else ():
        importing = place.node.module
        if importing not in own:
            path = project.modules[importing].path
            own[importing] = [target for target in found if target.speaks_of(project, path)]
        refusal = _refusal(own[importing], module, name)
        if refusal is not None:
            yield place, *refusal


def _refusal(found: list[Target], module: str, name: str) -> tuple[str, Level] | None:
    """What is wrong with an import, and how bad that is; None where every target has what it names."""
    span = _spans().get((module, name))
    refusing = [target for target in found if span is not None and not _has(span, target.version)]
    if span is None or not refusing:
        return None
    target = next((each for each in refusing if each.runs), refusing[0])
    what = f"`{module}` has no `{name}`" if name else f"there is no module `{module}`"
    when = (
        f"since Python {_text(span.gone)}"
        if not _before(target.version, span)
        else f"before Python {_text(span.since)}"
    )
    where = f"{target.where} has Python {_text(target.version)}"
    return f"{what} {when}, and {where}", "error" if target.runs else "warning"


def _has(span: _Span, version: Version) -> bool:
    return not _before(version, span) and (span.gone is None or version < span.gone)


def _before(version: Version, span: _Span) -> bool:
    return span.since is not None and version < span.since


def is_known_of_a_version(module: str, name: str) -> bool:
    """Whether some Python has the name in that module, and another has not."""
    return (module, name) in _spans()


def may_have_more(project: Project) -> bool:
    """Whether a target is a Python that came after those whose names are known."""
    newest = max(span.since for span in _spans().values() if span.since is not None)
    return any(target.version > newest for target in targets(project))


@cache
def _spans() -> dict[tuple[str, str], _Span]:
    """Of each module and name that not every Python has, which have it."""
    table = tomli.loads((rules_directory() / "python.toml").read_text("utf-8"))
    found: dict[tuple[str, str], _Span] = {}
    for key in ("since", "gone"):
        for text, modules in table[key].items():
            major, _, minor = text.partition(".")
            version = (int(major), int(minor))
            for module, names in modules.items():
                for name in names or [""]:
                    known = found.get((module, name), _Span(None, None))
                    found[module, name] = known._replace(**{key: version})
    return found


def _text(version: Version | None) -> str:
    return ".".join(map(str, version or ()))
