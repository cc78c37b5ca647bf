"""The state of one walk over a module: its sites, and the names that each scope binds, uses and captures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import libcst as cst
import msgspec

from ssot_lint.facts.model import ImportedModule, Scope, Site, Syntax


class Walk:
    """Collects scopes, imports and the node of each site while the lowering functions go over a module.

    `nodes[site]` is the node of a site. `bound`, `used` and `wanted` belong to the scope being walked: the names that
    it binds, those that it uses, and those that scopes inside it want from outside. A comprehension puts its own sets
    in their place while it is walked, since its targets hide names. `formatted` are the f-strings around, outermost
    first.
    """

    def __init__(self) -> None:
        self.nodes: list[cst.CSTNode] = []
        self.scopes: list[Scope] = []
        self.imports: list[ImportedModule] = []
        self._needed: dict[tuple[str, str], cst.CSTNode] = {}
        self.comprehensions = 0
        self.formatted: list[cst.FormattedString] = []
        self.index = -1
        self.bound: dict[str, None] = {}
        self.used: set[str] = set()
        self.wanted: set[str] = set()
        self.lambdas = 0
        self.deferred = False
        self.typing_only = False
        self.secret = False
        self.in_annotation = False

    @property
    def scope(self) -> Scope:
        """The scope being walked."""
        return self.scopes[self.index]

    def site(self, node: cst.CSTNode) -> Site:
        """The next site, which is this node's."""
        self.nodes.append(node)
        return len(self.nodes) - 1

    def needs(self, since: str, what: str, node: cst.CSTNode) -> None:
        """Notes syntax that only Python from that version on takes (empty: none), where the file first has it."""
        self._needed.setdefault((since, what), node)

    def needs_async(self, what: str, node: cst.CSTNode) -> None:
        """Notes syntax that may stand in an `async` function only, if it doesn't."""
        if not self.scope.is_async and not self.comprehensions:
            self.needs("", f"{what} outside an `async` function", node)

    def needs_function(self, what: str, node: cst.CSTNode) -> None:
        """Notes syntax that may stand in a function only, if it doesn't."""
        if self.scope.kind in ("module", "class"):
            self.needs("", f"{what} outside a function", node)

    @property
    def is_refused(self) -> bool:
        """Whether syntax was noted that no Python takes."""
        return any(not since for since, _ in self._needed)

    def syntax(self) -> list[Syntax]:
        """What was noted, with sites that come after all that were given so far."""
        return [Syntax(since, what, self.site(node)) for (since, what), node in self._needed.items()]

    def bind(self, name: str) -> None:
        """Notes that the scope being walked binds the name."""
        self.bound[name] = None

    def new_scope(self, name: str, kind: Literal["module", "function", "lambda", "class"], at: Site) -> int:
        """The index of a new scope inside the one being walked, still without parameters and body."""
        around = self.scope.qualname if self.scopes else ""
        scope = Scope(
            name=name, qualname=f"{around}.{name}" if around else name, kind=kind, parent=self.index, parameters=[],
            returns=None, is_async=False, is_generator=False, bound=[], captured=[], global_names=[],
            nonlocal_names=[], encoded=msgspec.Raw(), at=at,
        )  # fmt: skip
        scope.body = []
        self.scopes.append(scope)
        return len(self.scopes) - 1

    @contextmanager
    def inside(self, index: int) -> Iterator[Scope]:
        """Makes that scope the one being walked; at the end, works out what it binds, captures and leaves free."""
        outer = (self.index, self.bound, self.used, self.wanted, self.lambdas, self.deferred, self.secret)
        scope = self.scopes[index]
        self.index, self.bound, self.used, self.wanted, self.lambdas = index, {}, set(), set(), 0
        self.deferred = self.deferred or scope.kind in ("function", "lambda")
        self.secret = False
        for parameter in scope.parameters:
            self.bound[parameter.name] = None
        yield scope
        free = self._close(scope)
        self.index, self.bound, self.used, self.wanted, self.lambdas, self.deferred, self.secret = outer
        self.wanted |= free

    def _close(self, scope: Scope) -> set[str]:
        declared = {*scope.global_names, *scope.nonlocal_names}
        scope.bound = [name for name in self.bound if name not in declared]
        own = set(scope.bound)
        if scope.kind in ("function", "lambda"):
            scope.captured = [name for name in scope.bound if name in self.wanted]
            return (self.used | self.wanted | set(scope.nonlocal_names)) - own - set(scope.global_names)
        used = (self.used | set(scope.nonlocal_names)) - own - set(scope.global_names)
        return used | self.wanted
