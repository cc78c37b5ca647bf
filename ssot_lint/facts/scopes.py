"""The state of one walk over a module: its sites, and the names that each scope binds, uses and captures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

import libcst as cst
import msgspec
from msgspec.structs import replace

from ssot_lint.facts.model import BODY_SITES, ImportedModule, Scope, Site, Syntax, Unread, unread_scope


class Walk:
    """Collects scopes, imports and the node of each site while the lowering functions go over a module.

    `nodes` are those of the sites from `sites` on; the body of each function that stands in no other has its own (one
    list a function in `of_bodies`). `scopes` are those from the index `first` on; `unread` are the bodies that were
    left for later. `bound`, `used` and `wanted` belong to the scope being walked: the names that it binds, those that
    it uses, and those that scopes inside it want from outside. A comprehension puts its own sets in their place while
    it is walked, since its targets hide names. `formatted` are the f-strings around, outermost first.
    """

    def __init__(self, unread: Mapping[int, Unread] | None = None, *, first: int = 0, sites: Site = 0) -> None:
        self.nodes: list[cst.CSTNode] = []
        self.sites = sites
        self.first = first
        self.of_bodies: list[list[cst.CSTNode]] = []
        self.unread: list[Unread] = []
        self._unread = unread or {}
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
        return self.scope_at(self.index)

    def site(self, node: cst.CSTNode) -> Site:
        """The next site, which is this node's."""
        self.nodes.append(node)
        return self.sites + len(self.nodes) - 1

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
            name=name, qualname=f"{around}.{name}" if around else name, kind=kind, parent=self.index, parameters=(),
            returns=None, is_async=False, is_generator=False, bound=(), captured=(), global_names=(),
            nonlocal_names=(), encoded=msgspec.Raw(), at=at,
        )  # fmt: skip
        scope.body = []
        self.scopes.append(scope)
        return self.first + len(self.scopes) - 1

    def located(self) -> dict[Site, cst.CSTNode]:
        """The node of each site, once the walk is over."""
        found = dict(enumerate(self.nodes))
        for number, nodes in enumerate(self.of_bodies, 1):
            found.update(enumerate(nodes, number * BODY_SITES))
        return found

    def scope_at(self, index: int) -> Scope:
        """The scope of that index."""
        return self.scopes[index - self.first]

    @contextmanager
    def body(self) -> Iterator[None]:
        """Gives the body of the scope being walked, a function that stands in no other, its own sites.

        Of a body that is to be read another time, what it imports is noted, and nothing else.
        """
        outer, header, scope = (self.nodes, self.sites), self.bound, self.scope
        self.nodes, self.bound = [], dict(header)
        self.of_bodies.append(self.nodes)
        self.sites = len(self.of_bodies) * BODY_SITES
        yield
        unread = self._unread.get(len(self.of_bodies))
        if unread is not None:
            scope.body.clear()
            self.bound = header
            self.unread.append(replace(unread, scope=self.index, sites=self.sites))
            self.scopes += [unread_scope(scope, self.index) for _ in range(unread.inner)]
        self.nodes, self.sites = outer

    @contextmanager
    def inside(self, index: int) -> Iterator[Scope]:
        """Makes that scope the one being walked; at the end, works out what it binds, captures and leaves free."""
        outer = (self.index, self.bound, self.used, self.wanted, self.lambdas, self.deferred, self.secret)
        scope = self.scope_at(index)
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
        scope.bound = tuple(name for name in self.bound if name not in declared)
        own = set(scope.bound)
        if scope.kind in ("function", "lambda"):
            scope.captured = tuple(name for name in scope.bound if name in self.wanted)
            return (self.used | self.wanted | set(scope.nonlocal_names)) - own - set(scope.global_names)
        used = (self.used | set(scope.nonlocal_names)) - own - set(scope.global_names)
        return used | self.wanted
