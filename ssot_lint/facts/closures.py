"""Lowering of expressions with names of their own: lambdas and comprehensions. Parameters too."""

from __future__ import annotations

from typing import Literal, TypeAlias

import libcst as cst

from ssot_lint.facts.lowering import Lowerings, lower, lower_annotation, lower_bound, lower_target
from ssot_lint.facts.model import Clause, Comprehension, Expression, Lambda, Parameter, Return, Star
from ssot_lint.facts.scopes import Walk

_Comprehension: TypeAlias = cst.ListComp | cst.SetComp | cst.GeneratorExp | cst.DictComp | cst.StarredDictComp


def lower_parameters(walk: Walk, node: cst.Parameters) -> tuple[Parameter, ...]:
    """The parameters in the order in which they stand; annotations and defaults belong to the scope around."""
    parameters = [_parameter(walk, param, "positional-only") for param in node.posonly_params]
    parameters += [_parameter(walk, param, "positional") for param in node.params]
    if isinstance(node.star_arg, cst.Param):
        parameters.append(_parameter(walk, node.star_arg, "var-positional"))
    parameters += [_parameter(walk, param, "keyword-only") for param in node.kwonly_params]
    if node.star_kwarg is not None:
        parameters.append(_parameter(walk, node.star_kwarg, "var-keyword"))
    return tuple(parameters)


def _parameter(
    walk: Walk,
    node: cst.Param,
    kind: Literal["positional-only", "positional", "var-positional", "keyword-only", "var-keyword"],
) -> Parameter:
    name = node.name.value
    annotation = None if node.annotation is None else lower_annotation(walk, node.annotation)
    default = None if node.default is None else lower_bound(walk, node.default, name)
    return Parameter(name, kind, annotation, default)


def _lambda(walk: Walk, node: cst.Lambda) -> Expression:
    at = walk.site(node)
    walk.lambdas += 1
    name = f"<lambda{walk.lambdas}>"
    index = walk.new_scope(name, "lambda", at)
    walk.scope_at(index).parameters = lower_parameters(walk, node.params)
    with walk.inside(index) as scope:
        scope.body.append(Return(lower(walk, node.body)))
    return Lambda(index, at)


def _comprehension(walk: Walk, node: _Comprehension) -> Expression:
    """A comprehension. Its targets hide names of the scope around it everywhere but in the first iterable."""
    at = walk.site(node)
    if node.for_in.asynchronous is not None and not isinstance(node, cst.GeneratorExp):
        walk.needs_async("an asynchronous comprehension", node)
    outer = walk.used, walk.wanted
    walk.comprehensions += 1
    inner: tuple[set[str], set[str]] = (set(), set())
    walk.used, walk.wanted = inner
    element, value = _element(walk, node)
    targets: dict[str, None] = {}
    clauses: list[Clause] = []
    clause: cst.CompFor | None = node.for_in
    while clause is not None:
        bound, walk.bound = walk.bound, targets
        target = lower_target(walk, clause.target)
        walk.bound = bound
        walk.used, walk.wanted = inner if clauses else outer
        at_iterable = walk.site(clause.iter)
        iterable = lower(walk, clause.iter)
        walk.used, walk.wanted = inner
        conditions = [lower(walk, condition.test) for condition in clause.ifs]
        clauses.append(Clause(target, iterable, conditions, clause.asynchronous is not None, at_iterable))
        clause = clause.inner_for_in
    walk.comprehensions -= 1
    walk.used, walk.wanted = outer
    walk.used |= inner[0] - targets.keys()
    walk.wanted |= inner[1] - targets.keys()
    return Comprehension(_TYPES[type(node)], element, value, clauses, at)


def _element(walk: Walk, node: _Comprehension) -> tuple[Expression, Expression | None]:
    if isinstance(node, cst.DictComp):
        return lower(walk, node.key), lower(walk, node.value)
    return (Star(lower(walk, node.value)) if isinstance(node, cst.StarredDictComp) else lower(walk, node.elt)), None


_TYPES: dict[type[cst.CSTNode], Literal["list", "set", "dict", "generator"]] = {
    cst.ListComp: "list",
    cst.SetComp: "set",
    cst.GeneratorExp: "generator",
    cst.DictComp: "dict",
    cst.StarredDictComp: "dict",
}
CLOSURES: Lowerings = {cst.Lambda: _lambda, **dict.fromkeys(_TYPES, _comprehension)}
