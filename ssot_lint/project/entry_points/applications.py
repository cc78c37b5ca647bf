"""Applications: objects that a server or a worker runs, made by a library's class, its subclasses, or factories.

Both the classes and the factories of the project are found by following names from the library's class on: who
subclasses it, who makes one and returns it, who calls that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ssot_lint.facts.model import Define, DefineClass, Expression, Name, Return, Scope
from ssot_lint.project.entry_points.search import Search
from ssot_lint.project.entry_points.view import View, assignments, calls_in, statements
from ssot_lint.project.model import EntryKind, EntryPoint


@dataclass
class Makers:
    """What makes an application: dotted name to the name of the library's class.

    `functions` are those of them that are factories; `called` those that code of the project calls.
    """

    classes: dict[str, str]
    functions: dict[str, str] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)

    def get(self, dotted: str) -> str | None:
        """The library's class that a call of `dotted` gives an object of, or None."""
        return self.classes.get(dotted) or self.functions.get(dotted)


def find_applications(search: Search, classes: Iterable[str], kind: EntryKind) -> Iterator[EntryPoint]:
    """The modules that make an application when imported, and the factories that nothing else names.

    `classes` are the dotted names of the library's classes. A factory counts by itself only if no code of the
    project calls it; what command lines name is found there.
    """
    makers = Makers({dotted: dotted.rpartition(".")[2] for dotted in classes})
    views = _follow(search, makers)
    for view in views.values():
        for names, value in assignments(view.body.body):
            label = _made_by(search, view, view.body, value, makers)
            if label and names:
                reason = f"{label} application `{names[0]}`"
                yield EntryPoint(view.name, kind, "import", view.source.path, view.line_of(names[0]), reason)
    for view in views.values():
        for scope in _functions(view):
            dotted = f"{view.name}.{scope.name}"
            if dotted in makers.functions and dotted not in makers.called and not scope.name.startswith("_"):
                reason = f"factory of a {makers.functions[dotted]} application, which no other code calls"
                spec = f"{view.name}:{scope.name}"
                yield EntryPoint(spec, kind, "startup", view.source.path, view.line_of(scope.name), reason)


def _follow(search: Search, makers: Makers) -> dict[str, View]:
    """Finds the makers of the project, and gives all modules in which one of their names stands."""
    views: dict[str, View] = {}
    followed: set[str] = set()
    while True:
        names = {dotted.rpartition(".")[2] for dotted in (*makers.classes, *makers.functions)} - followed
        if not names:
            return views
        followed |= names
        views.update((view.name, view) for view in search.views(*(name.encode() for name in names)))
        while any(_extend(search, view, makers) for view in views.values()):
            pass


def _extend(search: Search, view: View, makers: Makers) -> bool:
    """Adds the makers that a module defines; whether there was a new one."""
    before = len(makers.classes) + len(makers.functions)
    for statement in statements(view.body.body):
        if isinstance(statement, DefineClass):
            label = next(filter(None, (makers.get(_dotted(search, view, base)) for base in statement.bases)), None)
            if label:
                makers.classes.setdefault(f"{view.name}.{view.facts.scopes[statement.scope].name}", label)
    for scope in _functions(view):
        label = _returns(search, view, scope, makers)
        if label:
            makers.functions.setdefault(f"{view.name}.{scope.name}", label)
    for scope in view.facts.scopes:
        for call in calls_in(scope.body):
            dotted = _dotted(search, view, call.function, scope)
            if dotted in makers.functions:
                makers.called.add(dotted)
    return len(makers.classes) + len(makers.functions) > before


def _functions(view: View) -> Iterator[Scope]:
    """The plain functions of a module: no generators, and none that a decorator makes something else of."""
    for statement in statements(view.body.body):
        if isinstance(statement, Define) and not statement.decorators:
            scope = view.facts.scopes[statement.scope]
            if not scope.is_generator:
                yield scope


def _returns(search: Search, view: View, scope: Scope, makers: Makers) -> str | None:
    """The library's class of what a function makes and returns, or None."""
    made: dict[str, str] = {}
    for names, value in assignments(scope.body):
        label = _made_by(search, view, scope, value, makers)
        made.update({name: label for name in names if label})
    for statement in statements(scope.body):
        if isinstance(statement, Return) and statement.value is not None:
            value = statement.value
            label = made.get(value.id) if isinstance(value, Name) else _made_by(search, view, scope, value, makers)
            if label:
                return label
    return None


def _made_by(search: Search, view: View, scope: Scope, value: Expression, makers: Makers) -> str | None:
    """The library's class that is instantiated in a value, perhaps inside of a wrapper's call; or None."""
    labels = (makers.get(_dotted(search, view, call.function, scope)) for call in calls_in(value))
    return next(filter(None, labels), None)


def _dotted(search: Search, view: View, expression: Expression, scope: Scope | None = None) -> str:
    dotted = view.origin(expression, scope)
    return search.definition(dotted) if "." in dotted else dotted
