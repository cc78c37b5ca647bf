"""Lowering of LibCST's statements to the language of the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from typing import Any

import libcst as cst

from ssot_lint.facts.calls import CALLS
from ssot_lint.facts.closures import CLOSURES, lower_parameters
from ssot_lint.facts.expressions import EXPRESSIONS, OPERATORS
from ssot_lint.facts.lowering import LOWERINGS, bound_names, lower, lower_annotation, lower_bound, lower_target
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assert,
    Assign,
    AugmentedAssign,
    Case,
    Const,
    Define,
    DefineClass,
    Delete,
    Evaluate,
    Expression,
    For,
    Handler,
    If,
    Import,
    ImportedModule,
    ImportFrom,
    Jump,
    Match,
    Name,
    Opaque,
    Raise,
    Return,
    Site,
    Star,
    Statement,
    Try,
    TypeAliasStatement,
    While,
    With,
)
from ssot_lint.facts.patterns import lower_pattern
from ssot_lint.facts.scopes import Walk
from ssot_lint.facts.strings import looks_secret
from ssot_lint.facts.texts import TEXTS

LOWERINGS.update(EXPRESSIONS | CALLS | CLOSURES | TEXTS)

Lines = Sequence[cst.CSTNode]


def lower_module(walk: Walk, module: cst.Module) -> None:
    """Lowers a whole module into the walk's scopes and imports; the module's body is the first scope."""
    index = walk.new_scope("", "module", walk.site(module))
    with walk.inside(index) as scope:
        _lines(walk, module.body, scope.body)


def lower_body(walk: Walk, module: cst.Module, names: Iterable[str]) -> None:
    """Lowers the one function of a module as the body of the walk's first scope, whose header binds these names."""
    with walk.inside(walk.first) as scope:
        walk.bound = dict.fromkeys(names)
        for function in module.body:
            scope.body += _suite(walk, function.body) if isinstance(function, cst.FunctionDef) else []


def _lines(walk: Walk, lines: Lines, into: list[Statement]) -> None:
    for line in lines:
        if type(line) is cst.SimpleStatementLine or type(line) is cst.SimpleStatementSuite:
            for statement in line.body:
                lowered = _SMALL[type(statement)](walk, statement)
                if lowered is not None:
                    into.append(lowered)
        else:
            into.append(_COMPOUND[type(line)](walk, line))


def _suite(walk: Walk, suite: cst.BaseSuite) -> list[Statement]:
    body: list[Statement] = []
    _lines(walk, (suite,) if type(suite) is cst.SimpleStatementSuite else suite.body, body)
    return body


def _optional(walk: Walk, clause: cst.Else | cst.Finally | None) -> list[Statement]:
    return [] if clause is None else _suite(walk, clause.body)


def _expression(walk: Walk, node: cst.Expr) -> Statement | None:
    value = node.value
    if isinstance(value, (cst.SimpleString, cst.Ellipsis)):
        return None
    lowered = lower(walk, value)
    return None if isinstance(lowered, (Const, Opaque)) else Evaluate(lowered)


def _assign(walk: Walk, node: cst.Assign) -> Statement:
    targets = [lower_target(walk, target.target) for target in node.targets]
    names = [name for target in node.targets for name in bound_names(target.target)]
    return Assign(targets, lower_bound(walk, node.value, *names))


def _annotated_assign(walk: Walk, node: cst.AnnAssign) -> Statement:
    target = lower_target(walk, node.target)
    annotation = lower_annotation(walk, node.annotation)
    value = None if node.value is None else lower_bound(walk, node.value, *bound_names(node.target))
    return AnnotatedAssign(target, annotation, value)


def _augmented_assign(walk: Walk, node: cst.AugAssign) -> Statement:
    at = walk.site(node)
    target = lower_target(walk, node.target)
    if isinstance(target, Name):
        walk.used.add(target.id)
    value = lower_bound(walk, node.value, *bound_names(node.target))
    return AugmentedAssign(target, _AUGMENTED[type(node.operator)], value, at)


def _return(walk: Walk, node: cst.Return) -> Statement:
    walk.needs_function("`return`", node)
    return Return(None if node.value is None else lower_bound(walk, node.value, walk.scope.name))


def _raise(walk: Walk, node: cst.Raise) -> Statement:
    at = walk.site(node)
    exception = None if node.exc is None else lower(walk, node.exc)
    return Raise(exception, None if node.cause is None else lower(walk, node.cause.item), at)


def _delete(walk: Walk, node: cst.Del) -> Statement:
    target = node.target
    items = [item.value for item in target.elements] if isinstance(target, (cst.Tuple, cst.List)) else [target]
    return Delete([lower_target(walk, item) for item in items])


def _assert(walk: Walk, node: cst.Assert) -> Statement:
    test = lower(walk, node.test)
    return Assert(test, None if node.msg is None else lower(walk, node.msg))


def _global(walk: Walk, node: cst.Global) -> None:
    walk.scope.global_names += tuple(item.name.value for item in node.names)


def _nonlocal(walk: Walk, node: cst.Nonlocal) -> None:
    walk.scope.nonlocal_names += tuple(item.name.value for item in node.names)


def _type_alias(walk: Walk, node: cst.TypeAlias) -> Statement:
    walk.needs("3.12", "a `type` statement", node)
    walk.bind(node.name.value)
    return TypeAliasStatement(node.name.value, lower(walk, node.value))


def _dotted(node: cst.BaseExpression | None) -> str:
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    if isinstance(node, cst.Name):
        parts.append(node.value)
    return ".".join(reversed(parts))


def _alias(alias: cst.ImportAlias) -> str | None:
    name = alias.asname and alias.asname.name
    return name.value if isinstance(name, cst.Name) else None


def _import(walk: Walk, node: cst.Import | cst.LazyImport) -> Statement:
    names: list[tuple[str, str | None, Site]] = []
    for item in node.names:
        name, alias = _dotted(item.name), _alias(item)
        names.append((name, alias, walk.site(item)))
        walk.bind(alias or name.partition(".")[0])
        walk.imports.append(ImportedModule(0, name, (), walk.deferred, walk.typing_only))
    return Import(names)


def _import_from(walk: Walk, node: cst.ImportFrom | cst.LazyImportFrom) -> Statement:
    at = walk.site(node)
    level, module = len(node.relative), _dotted(node.module)
    names: list[tuple[str, str | None, Site]] = []
    if isinstance(node.names, cst.ImportStar):
        names.append(("*", None, walk.site(node.names)))
    else:
        for item in node.names:
            name, alias = _dotted(item.name), _alias(item)
            names.append((name, alias, walk.site(item)))
            walk.bind(alias or name)
    imported = tuple(name for name, _, _ in names)
    walk.imports.append(ImportedModule(level, module, imported, walk.deferred, walk.typing_only))
    return ImportFrom(level, module, names, at)


def _if(walk: Walk, node: cst.If) -> Statement:
    """An `if` with its `elif`s, each an `If` alone in the `orelse` of the one before."""
    first = last = _branch(walk, node)
    rest = node.orelse
    while isinstance(rest, cst.If):
        following = _branch(walk, rest)
        last.orelse.append(following)
        last, rest = following, rest.orelse
    last.orelse.extend(_optional(walk, rest))
    return first


def _branch(walk: Walk, node: cst.If) -> If:
    test = lower(walk, node.test)
    outer = walk.typing_only
    walk.typing_only = outer or "TYPE_CHECKING" in bound_names(node.test)
    body = _suite(walk, node.body)
    walk.typing_only = outer
    return If(test, body, [])


def _while(walk: Walk, node: cst.While) -> Statement:
    return While(lower(walk, node.test), _suite(walk, node.body), _optional(walk, node.orelse))


def _for(walk: Walk, node: cst.For) -> Statement:
    if node.asynchronous is not None:
        walk.needs_async("`async for`", node.target)
    target = lower_target(walk, node.target)
    at = walk.site(node.iter)
    iterable = lower_bound(walk, node.iter, *bound_names(node.target))
    body = _suite(walk, node.body)
    return For(target, iterable, body, _optional(walk, node.orelse), node.asynchronous is not None, at)


def _try(walk: Walk, node: cst.Try | cst.TryStar) -> Statement:
    body = _suite(walk, node.body)
    handlers = [_handler(walk, handler) for handler in node.handlers]
    return Try(body, handlers, _optional(walk, node.orelse), _optional(walk, node.finalbody))


def _handler(walk: Walk, node: cst.ExceptHandler | cst.ExceptStarHandler) -> Handler:
    if node.type is not None:
        if isinstance(node, cst.ExceptStarHandler):
            walk.needs("3.11", "`except*`", node.type)
        if isinstance(node.type, cst.Tuple) and not node.type.lpar:
            walk.needs("3.14", "`except` without parentheses", node.type)
    type_ = None if node.type is None else lower(walk, node.type)
    name = None
    if node.name is not None and isinstance(node.name.name, cst.Name):
        name = node.name.name.value
        walk.bind(name)
    return Handler(type_, name, _suite(walk, node.body), isinstance(node, cst.ExceptStarHandler))


def _with(walk: Walk, node: cst.With) -> Statement:
    if node.asynchronous is not None:
        walk.needs_async("`async with`", node.items[0])
    items: list[tuple[Expression, Expression | None, Site]] = []
    for item in node.items:
        at = walk.site(item.item)
        value = lower(walk, item.item)
        items.append((value, None if item.asname is None else lower_target(walk, item.asname.name), at))
    return With(items, _suite(walk, node.body), node.asynchronous is not None)


def _match(walk: Walk, node: cst.Match) -> Statement:
    walk.needs("3.10", "`match`", node.subject)
    subject = lower(walk, node.subject)
    secret = any(map(looks_secret, bound_names(node.subject)))
    cases: list[Case] = []
    for case in node.cases:
        walk.secret = secret
        pattern = lower_pattern(walk, case.pattern)
        walk.secret = False
        guard = None if case.guard is None else lower(walk, case.guard)
        cases.append(Case(pattern, guard, _suite(walk, case.body)))
    return Match(subject, cases)


def _decorators(walk: Walk, decorators: Sequence[cst.Decorator]) -> list[tuple[Expression, Site]]:
    return [(lower(walk, item.decorator), at) for item in decorators for at in (walk.site(item.decorator),)]


def _function(walk: Walk, node: cst.FunctionDef) -> Statement:
    decorators = _decorators(walk, node.decorators)
    whole, at = walk.site(node), walk.site(node.name)
    walk.bind(node.name.value)
    index = walk.new_scope(node.name.value, "function", whole)
    scope = walk.scope_at(index)
    scope.is_async = node.asynchronous is not None
    scope.parameters = lower_parameters(walk, node.params)
    scope.returns = None if node.returns is None else lower_annotation(walk, node.returns)
    is_outermost = not walk.deferred
    with walk.inside(index):
        _type_parameters(walk, node.type_parameters)
        with walk.body() if is_outermost else nullcontext():
            scope.body += _suite(walk, node.body)
    return Define(index, decorators, at)


def _class(walk: Walk, node: cst.ClassDef) -> Statement:
    decorators = _decorators(walk, node.decorators)
    whole, at = walk.site(node), walk.site(node.name)
    walk.bind(node.name.value)
    index = walk.new_scope(node.name.value, "class", whole)
    bases = [Star(lower(walk, base.value)) if base.star == "*" else lower(walk, base.value) for base in node.bases]
    keywords = [
        (None if word.keyword is None else word.keyword.value, lower(walk, word.value)) for word in node.keywords
    ]
    with walk.inside(index) as scope:
        _type_parameters(walk, node.type_parameters)
        scope.body = _suite(walk, node.body)
    return DefineClass(index, bases, keywords, decorators, at)


def _type_parameters(walk: Walk, parameters: cst.TypeParameters | None) -> None:
    for item in parameters.params if parameters is not None else ():
        walk.needs("3.12", "a type parameter", item.param)
        if item.default is not None:
            walk.needs("3.13", "a default of a type parameter", item.param)
        walk.bind(item.param.name.value)


_AUGMENTED: dict[type[cst.CSTNode], str] = {
    getattr(cst, operator.__name__ + "Assign"): method
    for operator, method in OPERATORS.items()
    if hasattr(cst, operator.__name__ + "Assign")
}
_SMALL: dict[type[cst.CSTNode], Callable[[Walk, Any], Statement | None]] = {
    cst.Expr: _expression,
    cst.Assign: _assign,
    cst.AnnAssign: _annotated_assign,
    cst.AugAssign: _augmented_assign,
    cst.Return: _return,
    cst.Raise: _raise,
    cst.Del: _delete,
    cst.Assert: _assert,
    cst.Break: lambda _walk, _node: Jump("break"),
    cst.Continue: lambda _walk, _node: Jump("continue"),
    cst.Pass: lambda _walk, _node: None,
    cst.Global: _global,
    cst.Nonlocal: _nonlocal,
    cst.TypeAlias: _type_alias,
    cst.Import: _import,
    cst.LazyImport: _import,
    cst.ImportFrom: _import_from,
    cst.LazyImportFrom: _import_from,
}
_COMPOUND: dict[type[cst.CSTNode], Callable[[Walk, Any], Statement]] = {
    cst.If: _if,
    cst.While: _while,
    cst.For: _for,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.With: _with,
    cst.Match: _match,
    cst.FunctionDef: _function,
    cst.ClassDef: _class,
}
