"""What the modules of a project bind, as far as their code shows it; where it does not show, anything may be bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from types import ModuleType

from ssot_lint.callgraph.code import Code
from ssot_lint.checks.generated import Generated
from ssot_lint.checks.initialising import Initialisers
from ssot_lint.checks.known import keeps_class
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.writes import Writes, is_modules, last_name, targets
from ssot_lint.facts.library import Library
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Attribute,
    AugmentedAssign,
    BoolOp,
    Call,
    Compare,
    Const,
    Define,
    DefineClass,
    Delete,
    Expression,
    For,
    If,
    Import,
    ImportFrom,
    Index,
    Match,
    MatchCapture,
    MatchMapping,
    ModuleFacts,
    Name,
    Not,
    Scope,
    Statement,
    Try,
    TypeAliasStatement,
    With,
)
from ssot_lint.facts.nested import HOLDS_STATEMENTS, nested, walk
from ssot_lint.project.imports import absolute_name, resolve_import, with_packages
from ssot_lint.project.model import Project, Source

_ASSIGNING = frozenset((Assign, AnnotatedAssign, AugmentedAssign, For, With))
_BINDING = _ASSIGNING | {Define, DefineClass, Import, ImportFrom, Match, Try, TypeAliasStatement}
AUTOMATIC = frozenset(dir(ModuleType)) | frozenset((
    "__file__", "__cached__", "__path__", "__builtins__", "__annotations__", "__annotate__", "__module__",
    "__qualname__", "__firstlineno__", "__classcell__", "__classdict__", "__type_params__", "__static_attributes__",
    "__conditional_annotations__", "__warningregistry__", "__match_args__",
))  # fmt: skip
"""What modules and class bodies have without binding it."""
_DYNAMIC = ("exec", "modules", "globals", "_getframe")
"""Without one of these words, no code binds names that are not written there."""
_IMPORT_HOOKS = frozenset(("meta_path", "path_hooks", "declare_namespace", "extend_path"))


class ModuleNames:
    """The names of one module.

    `bound` are those that its body binds when it runs, or a function by `global`; names that only type checkers see
    bound, and those that it has `deleted` again, are not among them. `from_itself` are those of them that it only
    imports from itself: they must come from elsewhere. `stars` are the modules of its star imports.
    """

    def __init__(self, name: str, facts: ModuleFacts, project: Project) -> None:
        body = facts.scopes[0]
        source = project.modules[name]
        self.bound = runtime_names(facts, 0)
        for scope in facts.scopes[1:]:
            self.bound.update(scope.global_names)
        self.stars = [
            absolute_name(source, statement.level, statement.module)
            for statement in nested(body.body)
            if isinstance(statement, ImportFrom) and statement.names[0][0] == "*"
        ]
        self.deleted = {
            target.id
            for statement in body.body
            if isinstance(statement, Delete)
            for target in statement.targets
            if isinstance(target, Name)
        }
        self.from_itself = _from_itself(source, facts)
        # A decorator may put more names beside the class that it gets, such as `Event_SettingsStore` beside `Event`.
        self.decorated = [
            facts.scopes[statement.scope].name
            for statement in nested(body.body)
            if isinstance(statement, DefineClass)
            and not all(keeps_class(written(each)) for each, _ in statement.decorators)
        ]
        self._facts = facts

    @cached_property
    def finds_modules(self) -> bool:
        """Whether it may bring modules into being that are no files."""
        return "__path__" in self.bound or any(map(_finds_modules, self._nodes("modules", *_IMPORT_HOOKS)))

    @cached_property
    def dynamic(self) -> bool:
        """Whether it may bind any name."""
        nodes = list(self._nodes(*_DYNAMIC))
        asking = {id(each) for node in nodes for each in _asked_globals(node)}
        return any(_is_dynamic(node) and id(node) not in asking for node in nodes) or any(
            scope.kind != "function" and self.asks_for_locals(index) for index, scope in enumerate(self._facts.scopes)
        )

    @cached_property
    def asked(self) -> frozenset[str]:
        """The names that it asks about before it reads them (`"task" in globals()`, `globals().get("task")`)."""
        asking = [node for node in self._nodes("globals") if any(_asked_globals(node))]
        names = (
            node.first if isinstance(node, Compare) else next(iter(node.arguments), None)
            for node in asking
            if isinstance(node, (Compare, Call))
        )
        return frozenset(str(name.value) for name in names if isinstance(name, Const))

    def asks_for_locals(self, scope: int) -> bool:
        """Whether a scope may ask what it has bound before it reads it (`"task" in locals()`)."""
        asking = self._facts.scopes[scope]
        return asking.mentions("vars", "locals") and any(_is_for_locals(node) for node in walk(asking.body))

    def _nodes(self, *words: str) -> Iterator[object]:
        """The nodes of the scopes that speak of one of these words."""
        return walk([scope.body for scope in self._facts.scopes if scope.mentions(*words)])

    @property
    def has_getter(self) -> bool:
        """Whether it has a `__getattr__`, which may give any attribute."""
        return "__getattr__" in self.bound


def _from_itself(source: Source, facts: ModuleFacts) -> set[str]:
    """The names that a module binds only where it imports them from itself."""
    own: set[str] = set()
    others: set[str] = set()
    for statement in nested(facts.scopes[0].body):
        is_own = isinstance(statement, ImportFrom) and (
            absolute_name(source, statement.level, statement.module) == source.name
        )
        (own if is_own else others).update(names_bound(facts, statement))
    return own - others


def _is_dynamic(node: object) -> bool:
    """Whether a node may bind names of its module that are not written there."""
    if isinstance(node, Call):
        is_execution = written(node.function).removeprefix("builtins.") in ("exec", "execfile")
        return is_execution and len(node.arguments) < 2  # with a namespace of its own it leaves the module alone
    if isinstance(node, Index):
        return is_modules(node) and isinstance(node.key, Name) and node.key.id == "__name__"
    if isinstance(node, Name):
        return node.id == "globals"
    return isinstance(node, Attribute) and node.name == "_getframe"


def _asked_globals(node: object) -> Iterator[Name]:
    """The `globals` that are only asked whether they have a name: `"task" in globals()`, `globals().get("task")`."""
    asked: list[Expression] = []
    if isinstance(node, Compare):
        asked += (each for operator, each in node.rest if operator in ("in", "not in"))
    elif isinstance(node, Call) and isinstance(node.function, Attribute) and node.function.name == "get":
        asked.append(node.function.value)
    for each in asked:
        called = each.function if isinstance(each, Call) else None
        if isinstance(called, Name) and called.id == "globals":
            yield called


def _is_for_locals(node: object) -> bool:
    """Whether a node is a dict of what the scope has bound, which in a function is a copy."""
    return isinstance(node, Call) and last_name(node.function) in ("vars", "locals") and not node.arguments


def _finds_modules(node: object) -> bool:
    """Whether a node may bring modules into being that are no files: import hooks, entries of `sys.modules`."""
    if isinstance(node, Index):
        return is_modules(node) and not isinstance(node.key, Const)
    return isinstance(node, (Name, Attribute)) and last_name(node) in _IMPORT_HOOKS


class Bindings:
    """The names of all modules, worked out when they are asked for."""

    def __init__(self, project: Project, library: Library) -> None:
        self._project = project
        self._library = library
        self._names: dict[str, ModuleNames | None] = {}
        self.generated = Generated(project)
        self.initialisers = Initialisers()

    def of(self, module: str) -> ModuleNames | None:
        """The names of a module; None where the project has none that can be read."""
        if module not in self._names:
            facts = self._library.own(module)
            self._names[module] = ModuleNames(module, facts, self._project) if facts is not None else None
        return self._names[module]

    def is_module(self, name: str) -> bool:
        """Whether the project has such a module or package."""
        return name in self._project.modules or name in self._project.namespaces

    def may_lack_module(self, name: str) -> bool:
        """Whether a module of that name surely does not exist: neither a file, nor one that something may put there."""
        package, _, _ = name.rpartition(".")
        if not package or not self.is_module(package):
            return False
        *around, holder = with_packages(package)
        is_file = holder in self._project.modules and not self._project.modules[holder].is_package and bool(around)
        if not all(map(self._is_plain_package, around if is_file else (*around, holder))):
            return False
        if is_file and (names := self.of(holder)) is not None and names.finds_modules:
            return False
        return not (self.generated.may_exist(name) or name in self.writes.modules)

    def may_be_below(self, module: str) -> bool:
        """Whether the top-level package of a module may be a part of another: no code imports it from the top."""
        return not self._imported_from[module.partition(".")[0]]

    def is_imported(self, module: str) -> bool:
        """Whether any loaded code may import a module of the project, by a statement or by its name in a text."""
        return module in self._run_by_imports or any(
            isinstance(node, Const) and module in str(node.value)
            for _, _, scope in self.scopes_with(module)
            for node in walk(scope.read())
        )

    def scopes_with(self, text: str) -> Iterator[tuple[str, int, Scope]]:
        """The scopes of the loaded code, by module and index, that have a name or text somewhere.

        It is looked for in their bytes, for most have it not; what is found rests on no other having it, too.
        """
        for module, index, scope in self._library.scopes_with(text):
            scope.look_at()
            yield module, index, scope

    @cached_property
    def _run_by_imports(self) -> set[str]:
        """The modules that import statements of the loaded code run, those for type checkers left out."""
        modules = self._project.modules
        return {
            name
            for importing, facts in self._library.loaded.items()
            for each in facts.imports
            if not each.typing_only
            for name in resolve_import(self._project, modules[importing], each.level, each.module, each.names)
        }

    def _is_plain_package(self, name: str) -> bool:
        """Whether the modules of a package are those that stand in its directory."""
        if name in self._project.namespaces:
            return name.partition(".")[0] in self._imported_from and not self.generated.is_shared(name)
        names = self.of(name)
        if "." not in name and self._lacking[name] > self._imported_from[name] and self.generated.is_dependency(name):
            return False
        return names is not None and not names.finds_modules and self._project.modules[name].is_package

    @cached_property
    def _imported_from(self) -> Counter[str]:
        """How many of the project's modules the loaded code imports from each top-level package.

        A directory that nothing imports from may just bear the name of a package that is installed.
        """
        return Counter(name.partition(".")[0] for name in self._imported if name in self._project.modules)

    @cached_property
    def _lacking(self) -> Counter[str]:
        """How many modules the loaded code imports from each top-level package that the project does not have."""
        return Counter(name.partition(".")[0] for name in self._imported if not self.is_module(name))

    @cached_property
    def _imported(self) -> set[str]:
        """The modules inside of packages that the loaded code imports by their whole names."""
        imports = (each for facts in self._library.loaded.values() for each in facts.imports)
        return {each.module for each in imports if each.level == 0 and "." in each.module}

    def may_bind(self, module: str, name: str) -> bool:
        """Whether a module may bind a global of that name: its `__getattr__` gives attributes, and no globals."""
        return self.may_have(module, name, getter=False)

    def may_have(self, module: str, name: str, seen: frozenset[str] = frozenset(), *, getter: bool = True) -> bool:
        """Whether a module may have an attribute of that name once it has run, be it by its own `__getattr__`."""
        if module in self._project.namespaces:
            return self.is_module(f"{module}.{name}") or not self.may_lack_module(f"{module}.{name}")
        names = self.of(module)
        if names is None or name in names.bound or name in AUTOMATIC:
            return True
        return self.may_get(module, name, seen, getter=getter)

    def may_get(self, module: str, name: str, seen: frozenset[str] = frozenset(), *, getter: bool = True) -> bool:
        """Whether a module may have an attribute that its own code does not bind."""
        names = self.of(module)
        if names is None or self.is_module(f"{module}.{name}") or self.writes.on(module, name):
            return True
        if module.rpartition(".")[2] in self.writes.opened:
            return True
        if self._project.modules[module].is_package and self.generated.may_exist(f"{module}.{name}"):
            return True
        if any(name.startswith(each) for each in names.decorated):
            return True
        if names.dynamic or name in names.asked or (getter and names.has_getter):
            return True
        return any(self._star_may_have(base, name, seen | {module}) for base in names.stars)

    def _star_may_have(self, base: str | None, name: str, seen: frozenset[str]) -> bool:
        if base is None or base not in self._project.modules:
            return True
        return base not in seen and self.may_have(base, name, seen)

    @cached_property
    def writes(self) -> Writes:
        """What the loaded code writes from outside."""
        return Writes(self._library.loaded.values())


def names_bound(facts: ModuleFacts, statement: Statement) -> Iterator[str]:
    """The names that a statement itself binds, those of the statements inside it left out."""
    if type(statement) not in _BINDING:  # as most are
        return
    if type(statement) in _ASSIGNING:
        yield from (target.id for target in targets(statement) if isinstance(target, Name))
    elif isinstance(statement, Import):
        yield from (alias or name.partition(".")[0] for name, alias, _ in statement.names)
    elif isinstance(statement, ImportFrom):
        yield from (alias or name for name, alias, _ in statement.names)
    elif isinstance(statement, (Define, DefineClass)):
        yield facts.scopes[statement.scope].name
        yield from _published(facts, statement)
    elif isinstance(statement, TypeAliasStatement):
        yield statement.name
    elif isinstance(statement, Try):
        yield from (handler.name for handler in statement.handlers if handler.name is not None)
    elif isinstance(statement, Match):
        for node in walk([case.pattern for case in statement.cases]):
            if isinstance(node, MatchCapture) and node.name is not None:
                yield node.name
            elif isinstance(node, MatchMapping) and node.rest is not None:
                yield node.rest


def _published(facts: ModuleFacts, definition: Define | DefineClass) -> Iterable[str]:
    """The names in the body of an enumeration that `enum.global_enum` binds beside it."""
    is_published = any(last_name(decorator) == "global_enum" for decorator, _ in definition.decorators)
    return facts.scopes[definition.scope].bound if is_published else ()


def is_bound_anew(code: Code) -> bool:
    """Whether something else is bound to the name of a function where it is defined: `pool = contextmanager(pool)`."""
    facts = code.module.facts
    around = nested(facts.scopes[code.scope.parent].body)
    return sum(code.scope.name in names_bound(facts, each) for each in around) > 1


def runtime_names(facts: ModuleFacts, scope: int) -> set[str]:
    """The names that a scope may hold at the end of its body; those that only type checkers see bound are left out."""
    body = facts.scopes[scope].body
    seen: set[str] = set()
    bound: set[str] = set()
    for statement in body:
        inside = list(nested([statement]))
        names = {name for each in inside for name in names_bound(facts, each)}
        seen |= names
        if any(isinstance(each, If) and typing_branch(each.test) is not None for each in inside):
            names = {name for each in running([statement]) for name in names_bound(facts, each)}
        bound |= names
        if isinstance(statement, Delete):
            bound.difference_update(target.id for target in statement.targets if isinstance(target, Name))
    return bound | (set(facts.scopes[scope].bound) - seen)


def running(body: Iterable[Statement]) -> Iterator[Statement]:
    """The statements of a body, nested ones too, without those that only type checkers read."""
    stack = list(body)[::-1]
    while stack:
        statement = stack.pop()
        yield statement
        if type(statement) not in HOLDS_STATEMENTS:
            continue
        only = typing_branch(statement.test) if isinstance(statement, If) else None
        inner: list[Statement] = [] if only is True else [*getattr(statement, "body", ())]
        if isinstance(statement, Try):
            inner += [handled for handler in statement.handlers for handled in handler.body]
        if isinstance(statement, Match):
            inner += [chosen for case in statement.cases for chosen in case.body]
        inner += [] if only is False else [*getattr(statement, "orelse", ())]
        stack += [*inner, *getattr(statement, "final", ())][::-1]


def typing_branch(test: Expression) -> bool | None:
    """The outcome of a test that only type checkers see (`TYPE_CHECKING`: true), None for any other test."""
    if isinstance(test, Not):
        inner = typing_branch(test.value)
        return None if inner is None else not inner
    if isinstance(test, BoolOp) and test.operator == "and":
        return True if any(typing_branch(value) for value in test.values) else None
    return True if last_name(test) == "TYPE_CHECKING" else None
