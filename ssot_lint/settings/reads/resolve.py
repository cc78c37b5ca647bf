"""What an expression refers to, as a dotted name: just enough to tell a read of the environment from other calls.

`pkg.mod.name` is a function, class, module or anything outside the project; `pkg.mod.Class()` an instance. An
expression has one answer, the first that its assignments, annotations or callers give, and `os.environ` keeps its name
wherever it goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ssot_lint.facts.model import (
    Attribute,
    Await,
    BoolOp,
    Call,
    Conditional,
    Const,
    DictDisplay,
    Expression,
    Index,
    Lambda,
    Name,
    Operation,
    Walrus,
)  # fmt: skip
from ssot_lint.settings.reads.callers import Callers
from ssot_lint.settings.reads.elements import Place, elements, entries
from ssot_lint.settings.reads.index import ModuleIndex

ENVIRON = "os.environ"
_COPIES = frozenset(
    {"dict", "builtins.dict", "os.environ.copy", "copy.copy", "copy.deepcopy", "types.MappingProxyType"}
)
_OF_FILES = frozenset({"dotenv.dotenv_values", "dotenv.main.dotenv_values"})
"""What gives the variables of an environment file as the environment gives its own."""
_PLAIN_TYPES = frozenset({"str", "int", "float", "bool", "bytes", "list", "tuple", "set"})
_REFERRING = (Attribute, Await, BoolOp, Call, Conditional, DictDisplay, Index, Lambda, Name, Operation, Walrus)
_MAX_DEPTH = 12
# Stands for the names that what is looked for already may ask for yet.
_IN_A_CIRCLE = 1


class Program(Callers):
    """The indexed modules of a program, and what their names refer to; calls are looked at in those `scanned`."""

    def __init__(self, modules: Mapping[str, ModuleIndex], scanned: Sequence[str]) -> None:
        super().__init__(modules, scanned)
        self.within: set[tuple[str, int, str]] = set()
        self._known: dict[tuple[str, int, int | str], str] = {}
        self._failed: dict[tuple[str, int, int | str], int] = {}
        # The last names of functions whose calls were looked at, for what failed and for what is looked for now: of
        # each name one bit, since they may be thousands.
        self._bits: dict[str, int] = {}
        self._asked: dict[tuple[str, int, int | str], int] = {}
        self._asking = 0

    @property
    def asked(self) -> set[str]:
        """The last names of the functions whose calls were looked at for what they give."""
        return set(self._bits)

    def widened(self, scanned: Sequence[str]) -> Program:
        """The program with more modules scanned. What was found stays so; what was not may be where there are calls."""
        wider = Program(self.modules, scanned)
        wider._known = self._known
        wider._bits = self._bits
        called = _IN_A_CIRCLE
        for name, bit in self._bits.items():
            if len(wider.calls_of(name)) > len(self._calls[name]):
                called |= bit
        wider._asked = {key: names for key, names in self._asked.items() if not names & called}
        wider._failed = {key: self._failed[key] for key in wider._asked}
        return wider

    def target(self, expression: Expression, module: ModuleIndex, scope: int, depth: int = 0) -> str | None:
        """What `expression` refers to in a scope, or None where that can't be told."""
        if depth > _MAX_DEPTH:
            return None
        key = (module.name, scope, id(expression))
        return self._once(key, depth, lambda: self._target(expression, module, scope, depth))

    def _once(self, key: tuple[str, int, int | str], depth: int, find: Callable[[], str | None]) -> str | None:
        """What is found for a key, looked for once."""
        if key in self._known:
            return self._known[key]
        # What was not found with more steps left is not found with fewer; what depends on itself is not found.
        if depth >= self._failed.get(key, _MAX_DEPTH + 1):
            self._asking |= self._asked.get(key, _IN_A_CIRCLE)
            return None
        self._failed[key] = depth
        outer, self._asking = self._asking, 0
        found = find()
        if found is not None:
            self._known[key] = found
            self._asking = outer
        else:
            self._asked[key] = self._asking
            self._asking |= outer
        return found

    def _target(self, expression: Expression, module: ModuleIndex, scope: int, depth: int) -> str | None:
        match expression:
            case Name(id=name):
                return self._name(name, module, scope, depth)
            case Attribute(value=value, name=name):
                base = self.target(value, module, scope, depth + 1)
                return self.member(base, name, depth + 1) if base else None
            case Call():
                return self._called(expression, module, scope, depth)
            case Await(value=value) | Walrus(value=value):
                return self.target(value, module, scope, depth + 1)
            case BoolOp(values=values):
                return self._first(values, module, scope, depth)
            case Conditional(body=body, orelse=orelse):
                return self._first([body, orelse], module, scope, depth)
            case Index(value=value, key=key):
                return self._first_of(entries(value, key, self, module, scope, depth + 1), depth)
            case Lambda(scope=number):
                return f"{module.name}.{module.scope(number).qualname}"
            case DictDisplay(items=items):
                spread = self._first([value for key, value in items if key is None], module, scope, depth)
                return spread if spread == ENVIRON else None
            case Operation(first=first, rest=rest) if all(method == "__or__" for method, _, _ in rest):
                merged = (
                    self.target(each, module, scope, depth + 1) for each in (first, *(value for _, value, _ in rest))
                )
                return ENVIRON if ENVIRON in merged else None
            case _:
                return None

    def _first(self, values: list[Expression], module: ModuleIndex, scope: int, depth: int) -> str | None:
        found = (self.target(value, module, scope, depth + 1) for value in values)
        return next((target for target in found if target), None)

    def _first_of(self, places: Iterator[Place], depth: int) -> str | None:
        found = (self.target(value, owner, scope, depth + 1) for value, owner, scope in places)
        return next((target for target in found if target), None)

    def _name(self, name: str, module: ModuleIndex, scope: int, depth: int) -> str | None:
        current, inner = scope, True
        while current >= 0:
            # Names of a class body are not seen from the functions inside it.
            if inner or module.scope(current).kind != "class":
                found = self._bound(name, module, current, depth)
                if found:
                    return found
            current, inner = module.scope(current).parent, False
        for star in module.stars:
            if star in self.modules and (found := self._bound(name, self.modules[star], 0, depth + 1)):
                return found
        return name if name in {"dict", "getattr"} else None

    def _bound(self, name: str, module: ModuleIndex, scope: int, depth: int) -> str | None:
        """What a name stands for in one scope."""
        if depth > _MAX_DEPTH:
            return None
        return self._once((module.name, scope, name), depth, lambda: self._found(name, module, scope, depth))

    def _found(self, name: str, module: ModuleIndex, scope: int, depth: int) -> str | None:
        if (scope, name) in module.defined:
            return f"{module.name}.{module.scope(module.defined[scope, name]).qualname}"
        for dotted in module.imported.get((scope, name), ()):
            return self.dotted(dotted, depth + 1)
        if parameter := self._parameter(name, module, scope, depth):
            return parameter
        assigned = module.assigned.get((scope, name), [])
        if found := self._first(assigned, module, scope, depth):
            return found
        for iterable, path in module.iterated.get((scope, name), ()):
            if found := self._first_of(elements(iterable, self, module, scope, path, depth + 1), depth):
                return found
        annotation = module.annotated.get((scope, name))
        return self._instance(annotation, module, scope, depth) if annotation is not None else None

    def dotted(self, dotted: str, depth: int = 0) -> str | None:
        """What a dotted name refers to, re-exports followed."""
        if depth > _MAX_DEPTH:
            return None
        if dotted in self.modules:
            return dotted
        base, _, last = dotted.rpartition(".")
        if not base or not any(
            dotted.startswith(f"{name}.") for name in (base, dotted.partition(".")[0]) if name in self.modules
        ):
            return dotted
        owner = base if base in self.modules else self.dotted(base, depth + 1)
        return self.member(owner, last, depth + 1) if owner else None

    def member(self, base: str, name: str, depth: int = 0) -> str | None:
        """What `base.name` refers to."""
        if base in self.modules:
            if f"{base}.{name}" in self.modules:
                return f"{base}.{name}"
            return self._bound(name, self.modules[base], 0, depth)
        owner = base.removesuffix("()")
        if (found := self._class(owner)) is None:
            return f"{owner}.{name}"
        for module, number in self.lineage(*found):
            if (number, name) in module.defined:
                return f"{module.name}.{module.scope(module.defined[number, name]).qualname}"
            module.open_methods(number, name)
            for value, scope in module.attributes.get((number, name), ()):
                if target := self.target(value, module, scope, depth + 1):
                    return target
            if target := self._bound(name, module, number, depth + 1):
                return target
        return None

    def definitions(self, expression: Expression, module: ModuleIndex, scope: int, depth: int = 0) -> Iterator[Place]:
        """What is assigned to a name or an attribute, each with where it stands; nothing for a parameter."""
        if isinstance(expression, Attribute):
            base = self.target(expression.value, module, scope, depth + 1)
            if base and base in self.modules:
                yield from self._defined(expression.name, self.modules[base], 0, depth + 1)
            elif base and (found := self._class(base.removesuffix("()"))):
                for owner, number in self.lineage(*found):
                    for value in owner.assigned.get((number, expression.name), ()):
                        yield value, owner, number
                    owner.open_methods(number, expression.name)
                    for value, inner in owner.attributes.get((number, expression.name), ()):
                        yield value, owner, inner
        elif isinstance(expression, Name):
            yield from self._defined(expression.id, module, scope, depth + 1)

    def _defined(self, name: str, module: ModuleIndex, scope: int, depth: int) -> Iterator[Place]:
        current = scope
        while current >= 0 and depth < _MAX_DEPTH:
            if (current, name) in module.assigned:
                yield from ((value, module, current) for value in module.assigned[current, name])
                return
            for dotted in module.imported.get((current, name), ()):
                base, _, last = dotted.rpartition(".")
                if base in self.modules:
                    yield from self._defined(last, self.modules[base], 0, depth + 1)
                return
            if any(parameter.name == name for parameter in module.scope(current).parameters):
                return
            current = module.scope(current).parent
        for star in module.stars if depth < _MAX_DEPTH else ():
            if star in self.modules:
                yield from self._defined(name, self.modules[star], 0, depth + 1)

    def members(
        self, value: Expression, module: ModuleIndex, scope: int, depth: int, *, is_instance: bool = False
    ) -> Iterator[Place]:
        """What the members of an enum are, of the class itself or of what is an instance of it."""
        target = self.target(value, module, scope, depth + 1) or ""
        if target.endswith("()") is not is_instance or (found := self._class(target.removesuffix("()"))) is None:
            return
        owner, number = found
        if any(base.startswith("enum.") for base in self.bases(owner, number)):
            for (inner, _), assigned in list(owner.assigned.items()):
                yield from ((each, owner, number) for each in assigned if inner == number)

    def field(self, value: Expression, name: str, module: ModuleIndex, scope: int) -> str | None:
        """The class of `value` if `name` is a field of it that its instances are made with, as a dataclass's are."""
        target = self.target(value, module, scope) or ""
        if not target.endswith("()") or (found := self._class(target[:-2])) is None:
            return None
        owner, number = found
        owner.open_methods(number, name)
        has_own = any((number, "__init__") in each.defined for each, number in self.lineage(*found))
        return None if has_own or (number, name) not in owner.annotated else target[:-2]

    def _class(self, dotted: str) -> tuple[ModuleIndex, int] | None:
        found = self.find(dotted)
        return found if found and found[0].scope(found[1]).kind == "class" else None

    def find(self, dotted: str) -> tuple[ModuleIndex, int] | None:
        """The module and scope of a function or class of the project."""
        parts = dotted.split(".")
        for cut in range(len(parts) - 1, 0, -1):
            module = self.modules.get(".".join(parts[:cut]))
            if module is not None:
                number = module.by_qualname.get(".".join(parts[cut:]))
                return (module, number) if number is not None else None
        return None

    def lineage(self, module: ModuleIndex, number: int) -> Iterator[tuple[ModuleIndex, int]]:
        """A class and its bases inside the project, depth first."""
        seen: set[tuple[str, int]] = set()
        stack = [(module, number)]
        while stack:
            current, scope = stack.pop()
            if (current.name, scope) in seen:
                continue
            seen.add((current.name, scope))
            yield current, scope
            targets = self.bases(current, scope)
            stack += [found for target in reversed(targets) if (found := self._class(target))]

    def bases(self, module: ModuleIndex, number: int) -> list[str]:
        """What the bases of a class refer to."""
        outer = module.scope(number).parent
        found = (self.target(base, module, outer) for base in module.bases.get(number, []))
        return [target for target in found if target]

    def _called(self, call: Call, module: ModuleIndex, scope: int, depth: int) -> str | None:
        """What a call returns."""
        if isinstance(call.function, Name) and call.function.id == "super":
            around = module.class_around(scope)
            bases = self.bases(module, around) if around is not None else []
            return f"{bases[0]}()" if bases else None
        target = self.target(call.function, module, scope, depth + 1)
        if target is None:
            return None
        if target == "getattr":
            return self._attribute_of(call, module, scope, depth)
        if target == "functools.partial" and len(call.arguments) == 1:
            return self.target(call.arguments[0], module, scope, depth + 1)
        if target == "collections.ChainMap":
            mapped = (self.target(each, module, scope, depth + 1) for each in call.arguments)
            return ENVIRON if ENVIRON in mapped else None
        if target in _COPIES and (target.endswith(".copy") or call.arguments):
            return self.target(call.arguments[0], module, scope, depth + 1) if call.arguments else ENVIRON
        if target in _OF_FILES:
            return ENVIRON
        if target.endswith("()"):
            return None
        found = self.find(target)
        if found is None:
            # Outside the project: a capital letter makes a class, and a call of it an instance.
            return f"{target}()" if target.rpartition(".")[2][:1].isupper() else None
        owner, number = found
        if owner.scope(number).kind == "class":
            return f"{target}()"
        returns = owner.scope(number).returns
        outer = owner.scope(number).parent
        annotated = self._instance(returns, owner, outer, depth) if returns is not None else None
        if annotated:
            return annotated
        owner.open(number)
        return self._first(owner.returned.get(number, []), owner, number, depth)

    def returned(self, call: Call, module: ModuleIndex, scope: int, depth: int) -> Iterator[Place]:
        """What a function of the project returns, as it stands there."""
        target = self.target(call.function, module, scope, depth + 1)
        if target is not None and (found := self.find(target)) and found[0].scope(found[1]).kind == "function":
            owner, number = found
            owner.open(number)
            yield from ((value, owner, number) for value in owner.returned.get(number, []))

    def _attribute_of(self, call: Call, module: ModuleIndex, scope: int, depth: int) -> str | None:
        """`getattr(os, "environ")`."""
        match call.arguments:
            case [value, Const(value=str(name)), *_]:
                base = self.target(value, module, scope, depth + 1)
                return self.member(base, name, depth + 1) if base else None
            case _:
                return None

    def _instance(self, annotation: Expression, module: ModuleIndex, scope: int, depth: int) -> str | None:
        """An instance of the class of the project, or of the environment's readers, that an annotation names."""
        match annotation:
            case Const(value=str(text)) if text.replace(".", "").isidentifier():
                target = self._text(text, module, scope, depth)
            case Index(key=key):
                return self._instance(key, module, scope, depth + 1)
            case Operation(first=first, rest=rest):
                parts = (
                    self._instance(part, module, scope, depth + 1) for part in (first, *(each[1] for each in rest))
                )
                return next((part for part in parts if part), None)
            case Name() | Attribute():
                target = self.target(annotation, module, scope, depth + 1)
            case _:
                return None
        if target is None:
            return None
        known = self._class(target) is not None or target in {"environ.Env", "environs.Env", "starlette.config.Config"}
        return f"{target}()" if known else None

    def _text(self, text: str, module: ModuleIndex, scope: int, depth: int) -> str | None:
        first, *others = text.split(".")
        target = self._name(first, module, scope, depth + 1)
        for name in others:
            target = self.member(target, name, depth + 1) if target else None
        return target

    def _parameter(self, name: str, module: ModuleIndex, scope: int, depth: int) -> str | None:
        """What a parameter is given: by its annotation, as `self`, or by the calls that can be seen."""
        function = module.scope(scope)
        if function.kind != "function":
            return None
        position = next((index for index, each in enumerate(function.parameters) if each.name == name), None)
        if position is None:
            return None
        parameter, outer = function.parameters[position], function.parent
        in_class = outer >= 0 and module.scope(outer).kind == "class"
        if in_class and position == 0 and name in {"self", "cls"}:
            owner = f"{module.name}.{module.scope(outer).qualname}"
            return f"{owner}()" if name == "self" else owner
        if parameter.annotation is not None and (found := self._instance(parameter.annotation, module, outer, depth)):
            return found
        if isinstance(parameter.annotation, Name) and parameter.annotation.id in _PLAIN_TYPES:
            return None
        given = self._argument(module, scope, position - in_class, name, depth)
        if given is None and parameter.default is not None:
            given = self.target(parameter.default, module, outer, depth + 1)
        return given

    def _argument(self, module: ModuleIndex, scope: int, position: int, name: str, depth: int) -> str | None:
        """What the first call that gives it gives to a parameter."""
        function = module.scope(scope)
        called = module.scope(function.parent).name if function.name == "__init__" else function.name
        wanted = f"{module.name}.{function.qualname.removesuffix('.__init__')}"
        self._asking |= self._bits.setdefault(called, 2 << len(self._bits))
        for caller, use, call in self.calls_of(called):
            given = next((value for keyword, value in call.keywords if keyword == name), None)
            if given is None and 0 <= position < len(call.arguments):
                given = call.arguments[position]
            # What refers to nothing is no answer, and spares a look at what is called.
            if not isinstance(given, _REFERRING) or self.target(call.function, caller, use.scope, depth + 1) != wanted:
                continue
            if found := self.target(given, caller, use.scope, depth + 1):
                return found
        return None
