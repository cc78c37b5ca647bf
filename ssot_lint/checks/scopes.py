"""Which names a piece of code can see: those of its scope, of the functions around it, of its module, and builtins."""

from __future__ import annotations

import builtins

from ssot_lint.checks.bindings import AUTOMATIC, Bindings, runtime_names
from ssot_lint.checks.surroundings import Surroundings
from ssot_lint.facts.model import Comprehension, Define, DefineClass, Lambda, ModuleFacts, Name
from ssot_lint.facts.nested import walk
from ssot_lint.findings import Site

# Those of Python 2, which only code that does not run on Python 3 uses.
PYTHON_2 = frozenset((
    "basestring", "unicode", "long", "xrange", "raw_input", "unichr", "reduce", "file", "cmp", "execfile", "reload",
    "buffer", "apply", "intern", "coerce",
))  # fmt: skip
# Those of every supported Python, of `site`, of gettext and IPython; and those of Python 2.
BUILTINS = frozenset(dir(builtins)) | PYTHON_2 | frozenset((
    "ExceptionGroup", "BaseExceptionGroup", "EncodingWarning", "PythonFinalizationError", "aiter", "anext",
    "WindowsError", "copyright", "credits", "exit", "license", "quit", "help", "_", "gettext", "ngettext", "pgettext",
    "get_ipython", "display", "reveal_type", "reveal_locals", "profile",
))  # fmt: skip


class Visible:
    """The names that the places of a project can see; those of Python 2 only if it does not say that it runs on 3."""

    def __init__(self, bindings: Bindings, surroundings: Surroundings, *, is_for_3: bool) -> None:
        self._bindings = bindings
        self._surroundings = surroundings
        self._builtins = BUILTINS - PYTHON_2 if is_for_3 else BUILTINS
        self._names: dict[tuple[str, int], set[str]] = {}

    def may_see(self, site: Site, facts: ModuleFacts, name: str) -> bool:
        """Whether the code at a site may see a name, in whatever order things run."""
        for step in self._surroundings.of(site):
            node = step.node
            if isinstance(node, Comprehension) and is_target(node, name):
                return True
            if isinstance(node, (Define, DefineClass, Lambda)):
                inside = step.field == "body"
                if not inside and name in facts.scopes[node.scope].bound:
                    return True  # perhaps a type parameter
                if inside:
                    return self.in_scope(site.module, facts, node.scope, name)
        return self.in_scope(site.module, facts, 0, name)

    def in_scope(self, module: str, facts: ModuleFacts, scope: int, name: str) -> bool:
        """Whether the code of a scope may see a name."""
        if name in self._builtins or name in AUTOMATIC:
            return True
        index, own = scope, True
        while index > 0:
            around = facts.scopes[index]
            if (
                (own or around.kind != "class")
                and name not in around.global_names
                and name in self._names_of(module, facts, index)
            ):
                return True
            index, own = around.parent, False
        names = self._bindings.of(module)
        return self._bindings.may_bind(module, name) or (names is not None and name in names.deleted)

    def _names_of(self, module: str, facts: ModuleFacts, scope: int) -> set[str]:
        key = (module, scope)
        if key not in self._names:
            self._names[key] = runtime_names(facts, scope)
        return self._names[key]


def is_looped_over(surroundings: Surroundings, site: Site, name: str) -> bool:
    """Whether a comprehension around a place binds the name, which stands for no variable outside of it then."""
    around = (step.node for step in surroundings.of(site))
    return any(isinstance(node, Comprehension) and is_target(node, name) for node in around)


def is_target(node: Comprehension, name: str) -> bool:
    """Whether a comprehension has a variable of that name."""
    return any(isinstance(each, Name) and each.id == name for each in walk([clause.target for clause in node.clauses]))
