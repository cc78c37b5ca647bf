"""Applications: objects that a server or a worker runs, made by a library's class, its subclasses, or factories.

Both the classes and the factories of the project are found by following names from the library's class on: who
subclasses it, who makes one and returns it, who calls that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ssot_lint.facts.model import Call, Define, DefineClass, Expression, Name, Return, Scope
from ssot_lint.project.conditions import Condition
from ssot_lint.project.entry_points.search import Search
from ssot_lint.project.entry_points.view import View, assignments, calls_in, statements
from ssot_lint.project.model import EntryKind, EntryPoint


def find_applications(search: Search, classes: Iterable[str], kind: EntryKind) -> Iterator[EntryPoint]:
    """The modules that make an application when imported, and the factories that nothing else names.

    `classes` are the dotted names of the library's classes. A factory counts by itself only if no code of the
    project calls it; what command lines name is found there.
    """
    makers = _Makers(search, classes)
    views = makers.follow()
    called = {makers.dotted(view, call.function, scope) for view in views for scope, call in view.calls}
    for view in views:
        for names, value in assignments(view.body.body):
            label = makers.made_by(view, view.body, value)
            if label and names:
                reason = f"{label} application `{names[0]}`"
                yield EntryPoint(view.name, kind, "import", view.source.path, view.line_of(names[0]), reason)
        for scope in _functions(view):
            dotted = f"{view.name}.{scope.name}"
            if dotted in makers.functions - called and not scope.name.startswith("_"):
                reason = f"factory of a {makers.labels[dotted]} application, which no other code calls"
                spec = f"{view.name}:{scope.name}"
                yield EntryPoint(spec, kind, "startup", view.source.path, view.line_of(scope.name), reason)


class _Makers:
    """What makes an application: dotted names, each with the name of the library's class that it is about.

    `functions` are the factories among them.
    """

    def __init__(self, search: Search, classes: Iterable[str]) -> None:
        self._search = search
        self._library = frozenset(classes)
        self.labels = {dotted: dotted.rpartition(".")[2] for dotted in self._library}
        self.functions: set[str] = set()
        self._names = set(self.labels.values())

    def follow(self) -> list[View]:
        """Finds the makers of the project, and gives the modules that may use one."""
        views: dict[str, View] = {}
        followed: set[str] = set()
        while new := self.labels.keys() - followed:
            followed |= new
            for source in self._search.fulfilling([each for dotted in new for each in self._conditions(dotted)]):
                view = self._search.view(source.name)
                if view is not None:
                    views[view.name] = view
            while any(self._extend(view) for view in views.values()):
                pass
        return list(views.values())

    def dotted(self, view: View, expression: Expression, scope: Scope | None = None) -> str:
        """What a call or a base names; re-exports are followed if the name is that of a maker."""
        dotted = view.origin(expression, scope)
        return self._search.definition(dotted) if _last(dotted) in self._names else dotted

    def made_by(self, view: View, scope: Scope, value: Expression) -> str | None:
        """The library's class that is instantiated in a value, perhaps inside of a wrapper's call; or None."""
        labels = (self.labels.get(self.dotted(view, call.function, scope)) for call in calls_in(value))
        return next(filter(None, labels), None)

    def _conditions(self, dotted: str) -> Iterator[Condition]:
        """What a file that calls a maker, or subclasses it, fulfils: one of these.

        Short names such as `App` or `create` stand in very many files. So a library must be imported, the name must
        be called or be a base, and where it is an attribute its module must be named too. The name comes first in
        the patterns, and what stands before it after: that is how `re` searches fast.
        """
        imported: Condition = ()
        if dotted in self._library:
            package = re.escape(dotted.partition(".")[0]).encode()
            imported = (package, rb"^[ \t]*(?:from|import)[ \t]+%b\b" % package)
        word = _last(dotted).encode()
        name = re.escape(word)
        called = rb"(?<![\w.]%b)(?<!def %b)\s*[(\[]" % (name, name)
        based_on = rb"(?:(?<=[(,]%b)|(?<=, %b))[,)]" % (name, name)
        bare = rb"%b(?:%b|%b| as )" % (name, called, based_on)
        attribute = rb"%b(?<=\.%b)[(\[,)]" % (name, name)
        yield (word, *imported, bare)
        yield (word, *imported, re.escape(_last(dotted.rpartition(".")[0])).encode(), attribute)

    def _extend(self, view: View) -> bool:
        """Adds the makers that a module defines; whether there was a new one."""
        before = len(self.labels)
        for name, origin in view.imports.items():
            if name != _last(origin) in self._names:
                self._add(view, name, self.labels.get(self._search.definition(origin)))
        for statement in statements(view.body.body):
            if isinstance(statement, DefineClass):
                labels = (self.labels.get(self.dotted(view, base)) for base in statement.bases)
                self._add(view, view.facts.scopes[statement.scope].name, next(filter(None, labels), None))
        for scope in _functions(view):
            if self._add(view, scope.name, self._returned_by(view, scope)):
                self.functions.add(f"{view.name}.{scope.name}")
        return len(self.labels) > before

    def _add(self, view: View, name: str, label: str | None) -> bool:
        """Adds a maker under the name that a module gives it; whether there is one and it is new."""
        dotted = f"{view.name}.{name}"
        if not label or dotted in self.labels:
            return False
        self.labels[dotted] = label
        self._names.add(name)
        return True

    def _returned_by(self, view: View, scope: Scope) -> str | None:
        """The library's class of what a function makes and returns, or None."""
        made: dict[str, str] = {}
        for names, value in assignments(scope.body):
            label = self.made_by(view, scope, value)
            made.update({name: label for name in names if label})
        returned = [s.value for s in statements(scope.body) if isinstance(s, Return) and s.value is not None]
        labels = (made.get(v.id) if isinstance(v, Name) else self.made_by(view, scope, v) for v in returned)
        return next(filter(None, labels), None)


def _last(dotted: str) -> str:
    return dotted.rpartition(".")[2]


def _functions(view: View) -> Iterator[Scope]:
    """The functions of a module that give what they return: no generators, and no fixtures of tests."""
    for statement in statements(view.body.body):
        if isinstance(statement, Define) and not any(_is_fixture(view, d) for d, _ in statement.decorators):
            scope = view.facts.scopes[statement.scope]
            if not scope.is_generator:
                yield scope


def _is_fixture(view: View, decorator: Expression) -> bool:
    made_by = decorator.function if isinstance(decorator, Call) else decorator
    return _last(view.origin(made_by)) == "fixture"
