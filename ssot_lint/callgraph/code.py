"""The code of modules as the analysis runs it: scopes with their names resolved."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.arguments import NO_NAMES, Signature
from ssot_lint.facts.model import ModuleFacts, Scope
from ssot_lint.project.model import Source

GLOBAL = -1


class Code:
    """One scope of one module: a module's body, a function, a lambda or a class body."""

    __slots__ = (
        "_bound",
        "_free",
        "_rebound_inside",
        "_signature",
        "_size",
        "_symbol",
        "globals",
        "index",
        "module",
        "qualname",
        "scope",
    )

    def __init__(self, module: ModuleCode, index: int) -> None:
        scope = module.facts.scopes[index]
        self.module = module
        self.index = index
        self.scope: Scope = scope
        self._bound: frozenset[str] | None = None
        self._rebound_inside: frozenset[str] | None = None
        self._size = -1
        self.globals = frozenset(scope.global_names) if scope.global_names else NO_NAMES
        self._signature: Signature | None = None
        self.qualname = scope.qualname
        self._symbol: str | None = None
        self._free: dict[str, int] | None = None

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of its parameters, in order."""
        return tuple(each.name for each in self.scope.parameters)

    @property
    def symbol(self) -> str:
        """Its dotted name, that of its module included."""
        if self._symbol is None:
            self._symbol = f"{self.module.name}.{self.qualname}" if self.qualname else self.module.name
        return self._symbol

    @property
    def signature(self) -> Signature:
        """How calls reach its parameters. Most functions are never called."""
        if self._signature is None:
            self._signature = Signature(self.scope.parameters)
        return self._signature

    @property
    def bound(self) -> frozenset[str]:
        """The names that the scope itself binds."""
        if self._bound is None:
            self._bound = frozenset(self.scope.complete().bound) or NO_NAMES
        return self._bound

    @property
    def captured(self) -> frozenset[str]:
        """Those of them that scopes inside of it use."""
        return frozenset(self.scope.complete().captured) or NO_NAMES

    @property
    def rebound_inside(self) -> frozenset[str]:
        """Those of them that scopes inside of it bind anew."""
        if self._rebound_inside is None:
            scopes = enumerate(self.module.facts.scopes)
            inner = [self.module.code(index) for index, scope in scopes if scope.nonlocal_names]
            found = (name for each in inner for name in each.scope.nonlocal_names if each.owner_of(name) == self.index)
            self._rebound_inside = frozenset(found) or NO_NAMES
        return self._rebound_inside

    @property
    def size(self) -> int:
        """How much code it is: the bytes of its encoded statements, some 40 a line."""
        if self._size < 0:
            self._size = len(memoryview(self.scope.complete().encoded))
        return self._size

    def owner_of(self, name: str) -> int:
        """The index of the function scope that holds this scope's free variable, or `GLOBAL`."""
        if self._free is None:
            self._free = {}
        found = self._free.get(name)
        if found is None:
            found = self._free[name] = self._owner_of(name)
        return found

    def _owner_of(self, name: str) -> int:
        if name in self.globals:
            return GLOBAL
        index = self.scope.parent
        while index > 0:
            around = self.module.code(index)
            if around.scope.kind != "class":
                if name in around.globals:
                    return GLOBAL
                if name in around.bound:
                    return index
            index = around.scope.parent
        return GLOBAL

    def needs_closure(self) -> bool:
        """Whether a function around this scope holds variables that scopes inside it use."""
        index = self.scope.parent
        while index > 0:
            around = self.module.code(index)
            if around.scope.kind != "class" and around.scope.captured:
                return True
            index = around.scope.parent
        return False


class ModuleCode:
    """A module: its source, its facts, and the code of each of its scopes, made when it is asked for: most never is."""

    __slots__ = ("_codes", "facts", "name", "source")

    def __init__(self, source: Source, facts: ModuleFacts) -> None:
        self.name = source.name
        self.source = source
        self.facts = facts
        self._codes: dict[int, Code] = {}

    @property
    def body(self) -> Code:
        """The code of the module's body."""
        return self.code(0)

    def code(self, index: int) -> Code:
        """The code of a scope by its index in the facts."""
        found = self._codes.get(index)
        if found is None:
            found = self._codes[index] = Code(self, index)
        return found

    def codes(self) -> Iterator[Code]:
        """The code of every scope."""
        return map(self.code, range(len(self.facts.scopes)))
