"""Command-line programs made with click or typer that run under a `__main__` guard, wherever they stand.

Those that are installed as commands are found where they are declared. A command of theirs that serves is a start, and
not the handling of one command among others, where no application is found by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.facts.model import Attribute, Call, Define, Expression
from ssot_lint.facts.nested import nested
from ssot_lint.project.entry_points.search import Search
from ssot_lint.project.entry_points.serving import NEEDLES as SERVING
from ssot_lint.project.entry_points.serving import serves
from ssot_lint.project.entry_points.view import View, assignments, calls_in, statements
from ssot_lint.project.model import EntryPoint

NEEDLES = (b"click", b"typer", b"__main__", *SERVING)
DECORATORS = frozenset({"click.command", "click.group", "rich_click.command", "rich_click.group"})
CLASSES = frozenset({"click.Group", "click.Command", "click.CommandCollection", "typer.Typer"})


def find(search: Search) -> Iterator[EntryPoint]:
    """The programs, to be run with `__name__ == "__main__"`."""
    if search.containing(*SERVING):
        for source in search.containing(b"click", b"typer"):
            if (view := search.view(source.name)) is not None and b".command" in search.bytes_of(source):
                yield from _serving(search, view)
    guarded = {source.name for source in search.containing(b"__main__")}
    for source in search.containing(b"click", b"typer"):
        view = search.view(source.name) if source.name in guarded else None
        if view is None or view.main_guard is None:
            continue
        called = {view.origin(call.function) for call in calls_in(view.main_guard.body)}
        for name in _programs(view):
            if f"{view.name}.{name}" in called or name == "typer.run" in called:
                reason = f"click or typer program `{name}` under a `__main__` guard"
                yield EntryPoint(view.name, "cli", "import", view.source.path, view.main_line, reason, as_main=True)


def _serving(search: Search, view: View) -> Iterator[EntryPoint]:
    """The commands of a module that serve an application."""
    decorators = {
        statement.scope: [decorator for decorator, _ in statement.decorators]
        for scope in view.facts.scopes
        for statement in nested(scope.read())
        if isinstance(statement, Define)
    }
    for index, scope in enumerate(view.facts.scopes):
        if any(map(_registers, decorators.get(index, ()))) and serves(search, f"{view.name}.{scope.qualname}"):
            spec, line = f"{view.name}:{scope.qualname}", view.line_of(scope.qualname)
            reason = f"command `{scope.name}`, which serves"
            yield EntryPoint(spec, "cli", "startup", view.source.path, line, reason)


def _registers(decorator: Expression) -> bool:
    """Whether it makes a command of a function: `@click.command()`, `@cli.command("serve")`, `@app.command()`."""
    made_by = decorator.function if isinstance(decorator, Call) else decorator
    return isinstance(made_by, Attribute) and made_by.name == "command"


def _programs(view: View) -> Iterator[str]:
    """The names of the module that are commands, groups or applications."""
    yield "typer.run"
    for statement in statements(view.body.body):
        if isinstance(statement, Define) and any(_is_command(view, d) for d, _ in statement.decorators):
            yield view.facts.scopes[statement.scope].name
    for names, value in assignments(view.body.body):
        if isinstance(value, Call) and view.origin(value.function) in CLASSES:
            yield from names


def _is_command(view: View, decorator: Expression) -> bool:
    made_by = decorator.function if isinstance(decorator, Call) else decorator
    return view.origin(made_by) in DECORATORS
