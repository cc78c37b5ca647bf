"""Celery: the modules that make the application, and those of the tasks that its worker imports."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.facts.model import Assign, Attribute, Expression, Name
from ssot_lint.project.entry_points.applications import find_applications
from ssot_lint.project.entry_points.search import Mention, Search
from ssot_lint.project.entry_points.view import View, keyword, statements, text_of, texts_of
from ssot_lint.project.model import EntryPoint, Source

CLASSES = ("celery.Celery", "celery.app.base.Celery")
NEEDLES = (b"Celery", b"autodiscover_tasks", b"CELERY_IMPORTS", b"CELERY_INCLUDE")
SETTINGS = frozenset({"imports", "include", "CELERY_IMPORTS", "CELERY_INCLUDE"})
EVERYWHERE = "*"
# What is included, the call graph imports; where Celery looks for tasks, there may be none.
NOT_EXPECTED = frozenset({"included", "discovered"})


def find(search: Search) -> Iterator[EntryPoint]:
    """The application's modules, and the modules of tasks."""
    yield from find_applications(search, CLASSES, "celery")
    for view in search.views(*NEEDLES):
        for name, how in _tasks(view):
            found = _all_named(search, name) if name.startswith(EVERYWHERE) else [search.module(name)]
            for source in found:
                if source is not None:
                    reason = f"Celery tasks, {how} in {view.name}"
                    yield EntryPoint(source.name, "celery", "import", source.path, 1, reason)
            if how not in NOT_EXPECTED:
                mention = Mention(view.source.path, view.line_of_text(f'"{name}"'), f"Celery, {how} in {view.name}")
                search.expect(name, "", mention)


def _all_named(search: Search, pattern: str) -> list[Source]:
    last = pattern.rpartition(".")[2]
    return [source for source in search.sources if source.name.rpartition(".")[2] == last]


def _tasks(view: View) -> Iterator[tuple[str, str]]:
    """The modules that a module tells Celery to import, and how; `*.tasks` stands for those of every package."""
    for scope, call in view.calls:
        function = call.function
        if view.origin(function, scope) in CLASSES:
            yield from ((name, "included") for name in texts_of(keyword(call, "include")))
        elif isinstance(function, Attribute) and function.name == "autodiscover_tasks":
            packages = call.arguments[0] if call.arguments else keyword(call, "packages")
            related = text_of(keyword(call, "related_name")) or "tasks"
            named = texts_of(packages) or [EVERYWHERE]
            yield from ((f"{package}.{related}", "discovered") for package in named)
        else:
            for key, value in call.keywords:
                if key in SETTINGS and isinstance(function, Attribute) and function.name == "update":
                    yield from ((name, f"`{key}`") for name in texts_of(value))
    for statement in statements(view.body.body):
        if isinstance(statement, Assign):
            for key in map(_setting, statement.targets):
                if key in SETTINGS:
                    yield from ((name, f"`{key}`") for name in texts_of(statement.value))


def _setting(target: Expression) -> str:
    """The name under which an assignment sets something of Celery's: `app.conf.imports`, `CELERY_IMPORTS`."""
    if isinstance(target, Attribute) and isinstance(target.value, Attribute) and target.value.name == "conf":
        return target.name
    return target.id if isinstance(target, Name) and target.id.startswith("CELERY_") else ""
