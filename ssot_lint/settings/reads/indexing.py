"""Fills the index of a module: one walk over its facts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TypeAlias

import msgspec

from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assert,
    Assign,
    Attribute,
    BoolOp,
    Call,
    Compare,
    Comprehension,
    Conditional,
    Const,
    Define,
    DefineClass,
    Delete,
    Display,
    Evaluate,
    Expression,
    For,
    Format,
    If,
    Import,
    ImportFrom,
    Index,
    Match,
    ModuleFacts,
    Name,
    Not,
    Operation,
    Raise,
    Return,
    Statement,
    Try,
    Walrus,
    While,
    With,
)  # fmt: skip
from ssot_lint.facts.nested import children, walk
from ssot_lint.settings.environments import ENVIRONMENTS
from ssot_lint.settings.reads.class_environments import unmade_in
from ssot_lint.settings.reads.conversions import conversion
from ssot_lint.settings.reads.index import LEAVES, Around, ModuleIndex, Path, Use, last_name, unpolished
from ssot_lint.settings.reads.refusing import (
    added_to,
    asked_of_all,
    catches_missing,
    constants,
    dotted,
    each_of,
    filtered,
    handles,
    missing_parts,
    returned_if_there,
    sentinels,
    spared,
    suppresses_missing,
)  # fmt: skip
from ssot_lint.settings.reads.staying import environments_left, environments_of, without_environments

_UPPER = re.compile(r"^_{0,2}[A-Z][A-Z0-9_]*$")
_SIMPLE = frozenset({Assign, AnnotatedAssign, Evaluate, Return})
_NOTED = frozenset({Attribute, Call, Index, Compare, Walrus, Comprehension})
_Missing: TypeAlias = tuple[msgspec.Struct, frozenset[str]]
"""What is None or empty, and the environments in which that is none of its business."""
_FUNCTION_PLACES = 2
"""How many of the first arguments may be a function that the call passes the others to."""


def index_module(name: str, facts: ModuleFacts, *, is_package: bool) -> ModuleIndex:
    """The index of a module's facts. Functions whose bodies were left for later are closed, also those read since."""
    index = ModuleIndex(name, is_package, facts)
    walker = _Walker(index)
    for unread in facts.unread:
        index.closed.update(range(unread.scope, unread.scope + unread.inner + 1))
    unmade = unmade_in(facts)

    def look(number: int) -> None:
        # The body of a class runs when it is imported; its methods, where an instance is made.
        around = index.class_around(number) if facts.scopes[number].kind != "class" else None
        never_in = unmade.get(around, frozenset()) if around is not None else frozenset()
        walker.block(facts.scopes[number].read(), Around(number, never_in=never_in))

    index.look = look
    for number in range(len(facts.scopes)):
        if number not in index.closed:
            index.look(number)
    return index


class _Walker:
    def __init__(self, index: ModuleIndex) -> None:
        self._index = index
        # What is None or empty where something is added to a list, with the environments in which it is not added.
        self._collected: defaultdict[tuple[int, str], list[_Missing]] = defaultdict(list)

    def block(self, body: list[Statement], around: Around) -> None:
        for statement, following in zip_longest(body, body[1:]):
            self._statement(statement, around)
            if isinstance(statement, If) and isinstance(following, Raise):
                # `if default is not _MISSING: return default`, and then it raises.
                self._index.sentinels.update((around.scope, each) for each in sentinels(statement.test, "is not"))
            if isinstance(statement, If) and (left := environments_left(statement)):
                around = around._replace(never_in=around.never_in | left)
            if isinstance(statement, If) and (tested := returned_if_there(statement)) is not None:
                around = around._replace(after=(*around.after, *self._index.last_value(tested, around.scope)))

    def _statement(self, node: Statement, around: Around) -> None:
        if type(node) in _SIMPLE:  # as most are
            self._simple(node, around)
            return
        match node:
            case If() | While():
                self._condition(node, around)
            case Try():
                self._try(node, around)
            case For(target=target, iterable=iterable, body=body, orelse=orelse):
                self._loop(target, iterable, around, body)
                self._uses(iterable, around)
                self.block([*body, *orelse], around)
            case With(items=items, body=body):
                for value, bound, _ in items:
                    self._uses(value, around)
                    if bound is not None:
                        self._bind(bound, value, around.scope)
                inner = around._replace(prefix=f"{around.prefix}{''.join(map(_prefix, items))}")
                self.block(body, inner._replace(caught=True) if any(map(suppresses_missing, items)) else inner)
            case Match(subject=subject, cases=cases):
                self._uses(subject, around)
                for case in cases:
                    self.block(case.body, around._replace(conditional=True))
            case Define() | DefineClass():
                self._definition(node, around)
            case Import() | ImportFrom():
                self._import(node, around.scope)
            case _:
                self._simple(node, around)

    def _condition(self, node: If | While, around: Around) -> None:
        """What stands under a test; one of where it runs only says where that is."""
        self._refuse(node.test, node.body, around)
        tested = _under(node.test, around)
        self._uses(node.test, tested)
        if isinstance(node, If) and (where := environments_of(node.test)) is not None:
            self.block(node.body, tested._replace(never_in=around.never_in | (ENVIRONMENTS - where)))
            self.block(node.orelse, tested._replace(never_in=around.never_in | where))
        else:
            self.block([*node.body, *node.orelse], tested._replace(conditional=True))

    def _try(self, node: Try, around: Around) -> None:
        caught, handled = any(map(catches_missing, node.handlers)), any(map(handles, node.handlers))
        self.block(node.body, around._replace(caught=around.caught or caught, handled=around.handled or handled))
        for handler in node.handlers:
            self.block(handler.body, around._replace(conditional=True))
        self.block([*node.orelse, *node.final], around)

    def _definition(self, node: Define | DefineClass, around: Around) -> None:
        inner = self._index.scope(node.scope)
        self._index.defined[around.scope, inner.name] = node.scope
        if isinstance(node, DefineClass):
            self._index.bases[node.scope] = node.bases
        self._inside(node, around)
        for parameter in inner.parameters:
            if parameter.default is not None:
                self._uses(parameter.default, around)

    def _simple(self, node: Statement, around: Around) -> None:
        match node:
            case Evaluate(value=evaluated):
                self._uses(evaluated, around)
            case Assign(targets=targets, value=value):
                for target in targets:
                    self._bind(target, value, around.scope)
                    if isinstance(target, Attribute | Index):
                        # What is assigned to is no read; what stands before the last dot or bracket may be.
                        self._inside(target, around)
                names = [name for target in targets if (name := dotted(target))]
                self._assigned(targets, value, around, names[0] if names else "")
            case AnnotatedAssign(target=target, annotation=annotation, value=assigned):
                self._annotate(target, annotation, around.scope)
                if assigned is not None:
                    self._bind(target, assigned, around.scope)
                    self._uses(assigned, around, target.id if isinstance(target, Name) else "")
            case Return(value=returned):
                if returned is not None:
                    self._index.returned[around.scope].append(returned)
                    self._uses(returned, around)
            case Assert(test=test):
                named = (each for each in walk(test) if isinstance(each, Name))
                self._require(((each, frozenset()) for each in (*named, *missing_parts(Not(test, 0)))), around)
                self._inside(node, around)
            case Delete():
                pass
            case _:
                self._inside(node, around)

    def _assigned(self, targets: list[Expression], value: Expression, around: Around, name: str) -> None:
        """Notes the reads in what is assigned, each with the name that it is bound to."""
        match targets, value:
            case [Display(items=parts)], Display(items=values) if len(parts) == len(values):
                for part, each in zip(parts, values, strict=True):
                    self._uses(each, around, dotted(part))
            case [Name()], Display(items=values):
                for each in values:
                    self._uses(each, around, each_of(name))
            case _:
                self._uses(value, around, name)
                if isinstance(value, Comprehension):
                    self._collected[around.scope, name] += [(each, frozenset()) for each in filtered(value)]

    def _bind(self, target: Expression, value: Expression, scope: int) -> None:
        if isinstance(target, Name):
            self._index.assign(target.id, value, scope)
        elif isinstance(target, Attribute) and isinstance(target.value, Name) and target.value.id in {"self", "cls"}:
            owner = self._index.class_around(scope)
            if owner is not None:
                self._index.attributes[owner, target.name].append((value, scope))
                self._index.note(target.name, value, scope)

    def _annotate(self, target: Expression, annotation: Expression, scope: int) -> None:
        if isinstance(target, Name):
            self._index.annotated[scope, target.id] = annotation
        elif isinstance(target, Attribute) and isinstance(target.value, Name) and target.value.id == "self":
            owner = self._index.class_around(scope)
            if owner is not None:
                self._index.annotated[owner, target.name] = annotation

    def _loop(self, target: Expression, iterable: Expression, around: Around, inside: Sequence[msgspec.Struct]) -> None:
        """Notes what a loop binds; other loops of the scope may bind the same names, but not `inside` this one."""
        bound = dict(_bound(target, ()))
        for name, path in bound.items():
            self._index.iterated[around.scope, name].append((iterable, path))
        for node in (each for part in inside for each in walk(part)):
            if isinstance(node, Name) and node.id in bound:
                self._index.looped[id(node)] = (node, iterable, bound[node.id])

    def _import(self, node: Import | ImportFrom, scope: int) -> None:
        if isinstance(node, Import):
            for dotted, alias, _ in node.names:
                top = dotted.partition(".")[0]
                self._index.imported[scope, alias or top].append(dotted if alias else top)
            return
        base = self._index.absolute(node.level, node.module)
        for imported, alias, _ in node.names:
            if imported == "*":
                self._index.stars.append(base)
            else:
                self._index.imported[scope, alias or imported].append(f"{base}.{imported}".lstrip("."))

    def _refuse(self, test: Expression, body: list[Statement], around: Around) -> None:
        """Notes `if not x: raise` and `if x is None: raise`: what `x` holds is required.

        So is what must not be missing for a list to stay empty, where `if missing: raise` follows. A condition may ask
        in which environment it runs, too, and so may what it raises in.
        """
        asked, elsewhere = without_environments(test)
        missing: list[_Missing] = [(each, elsewhere) for each in missing_parts(asked)]
        for name in filter(None, map(added_to, body)):
            self._collected[around.scope, name] += missing
        inside = spared(body)
        if inside is None:
            return
        self._index.sentinels.update((around.scope, each) for each in sentinels(test, "is"))
        collected = self._collected[around.scope, asked.id] if isinstance(asked, Name) else []
        all_missing = [*missing, *((each, never | elsewhere) for each, never in collected)]
        self._require(((each, never | inside) for each, never in all_missing), around)

    def _require(self, parts: Iterable[_Missing], around: Around) -> None:
        """Notes that code does not go on where one of these is missing."""
        for whole, never in parts:
            part = unpolished(whole)
            if isinstance(part, Walrus):
                self._index.require(part.target.id, around.scope, never)
                self._index.refuse(unpolished(part.value), never)
            elif (held := asked_of_all(part)) is not None:
                self._index.require(each_of(held.id), around.scope, never)
            elif isinstance(part, Call | Compare | Index):
                self._index.refuse(part, never)
            elif isinstance(part, Name | Attribute) and (name := dotted(part)):
                self._index.require(name, around.scope, never)

    def _inside(self, node: msgspec.Struct, around: Around) -> None:
        for child in children(node):
            self._uses(child, around)

    def _uses(self, node: msgspec.Struct, around: Around, bound_to: str = "") -> None:
        stack, bare = [(node, around)], unpolished(node)
        while stack:
            current, here = stack.pop()
            kind = type(current)
            if kind in LEAVES:
                continue
            if kind in _NOTED:
                self._note(current, here, bound_to if current is node or current is bare else "")
            if isinstance(current, Conditional | BoolOp):
                stack += reversed(list(_branches(current, here)))
                continue
            if isinstance(current, Attribute):
                inside: list[msgspec.Struct] = [current.value]
            elif isinstance(current, Call):
                inside = [current.function, *current.arguments, *[value for _, value in current.keywords]]
            else:
                inside = children(current)
            stack += [(each, here) for each in reversed(inside) if type(each) not in LEAVES]

    def _note(self, node: msgspec.Struct, around: Around, bound_to: str) -> None:
        if isinstance(node, Attribute):
            if node.name.isupper() and _UPPER.fullmatch(node.name):
                self._index.named.append(Use(node, around))
        elif isinstance(node, Call | Index | Compare):
            self._use(node, around, bound_to)
        elif isinstance(node, Walrus):
            self._index.assign(node.target.id, node.value, around.scope)
        elif isinstance(node, Comprehension):
            for clause in node.clauses:
                self._loop(clause.target, clause.iterable, around, [node])

    def _use(self, node: Call | Index | Compare, around: Around, bound_to: str) -> None:
        use, index = Use(node, around, bound_to), self._index
        if isinstance(node, Index):
            index.lookups.append(use)
        elif isinstance(node, Compare):
            if any(operator in {"in", "not in"} for operator, _ in node.rest):
                index.lookups.append(use)
        else:
            index.calls[last_name(node.function)].append(use)
            if (form := conversion(node)) and not (around.caught or around.handled):
                index.convert(node.arguments[0], form, around.scope)
            for keyword, value in node.keywords:
                self._index.note_alias(keyword or "", value, around.scope)
            if _has_key(node):
                index.keyed.append(use)
            for argument in node.arguments[:_FUNCTION_PLACES]:
                if argument is not node.arguments[-1] and (name := last_name(argument)):
                    index.handed[name].append(use)


def _prefix(item: tuple[Expression, Expression | None, int]) -> str:
    """`APP_` of `with env.prefixed("APP_"):`."""
    match item[0]:
        case Call(function=Attribute(name="prefixed"), arguments=[Const(value=str(text)), *_]):
            return text
        case _:
            return ""


def _has_key(call: Call) -> bool:
    return any(map(_is_key, call.arguments[:2])) or any(_is_key(value) for _, value in call.keywords)


def _is_key(value: Expression) -> bool:
    """Whether an argument looks like a key: a text in capitals, or one that is put together and has capitals."""
    if isinstance(value, Const):
        return isinstance(value.value, str) and _UPPER.match(value.value) is not None
    return isinstance(value, Format | Operation) and any(
        isinstance(part, Const) and _is_key(part) for part in walk(value)
    )


def _under(test: Expression, around: Around) -> Around:
    """What stands around the branches of a test."""
    tested = constants(test)
    return around._replace(guarded=around.guarded | tested) if tested else around


def _branches(node: Conditional | BoolOp, around: Around) -> Iterator[tuple[msgspec.Struct, Around]]:
    """The parts of which not all are evaluated, each with what stands around it."""
    if isinstance(node, Conditional):
        inner = _under(node.test, around)._replace(conditional=True, instead=())
        yield from ((node.test, around), (node.body, inner), (node.orelse, inner))
        return
    for position, value in enumerate(node.values):
        here = around._replace(conditional=around.conditional or position > 0, instead=())
        if node.operator == "or":
            is_last = position == len(node.values) - 1
            before = (*around.instead, *node.values[:position]) if around.instead or not around.conditional else ()
            here = here._replace(fallback=None if is_last else (value, node.values[-1]), instead=before)
        yield value, here


def _bound(target: Expression, path: Path) -> Iterator[tuple[str, Path]]:
    """The names that a target binds, each with its place in what it unpacks."""
    if isinstance(target, Name):
        yield target.id, path
    elif isinstance(target, Display):
        for position, part in enumerate(target.items):
            yield from _bound(part, (*path, position))
