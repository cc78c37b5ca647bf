"""Lowering of LibCST's expressions to the language of the facts.

Sites are given in source order, a node before what stands inside it. Spines that may be long
(operators, calls on calls, strings side by side) are walked with a loop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal

import libcst as cst

from ssot_lint.facts import strings
from ssot_lint.facts.model import (
    Attribute,
    Await,
    BoolOp,
    Call,
    Clause,
    Compare,
    Comprehension,
    Conditional,
    Const,
    DictDisplay,
    Display,
    Expression,
    Format,
    Index,
    Lambda,
    Name,
    Not,
    Opaque,
    Operation,
    Parameter,
    Return,
    Slice,
    Star,
    Unary,
    Walrus,
    Yield,
    YieldFrom,
)  # fmt: skip
from ssot_lint.facts.scopes import Walk

OPERATORS: dict[type[cst.CSTNode], str] = {
    cst.Add: "__add__", cst.Subtract: "__sub__", cst.Multiply: "__mul__", cst.MatrixMultiply: "__matmul__",
    cst.Divide: "__truediv__", cst.FloorDivide: "__floordiv__", cst.Modulo: "__mod__", cst.Power: "__pow__",
    cst.LeftShift: "__lshift__", cst.RightShift: "__rshift__", cst.BitAnd: "__and__", cst.BitOr: "__or__",
    cst.BitXor: "__xor__", cst.Plus: "__pos__", cst.Minus: "__neg__", cst.BitInvert: "__invert__",
}  # fmt: skip
_COMPARISONS: dict[type[cst.CSTNode], str] = {
    cst.Equal: "==", cst.NotEqual: "!=", cst.LessThan: "<", cst.LessThanEqual: "<=", cst.GreaterThan: ">",
    cst.GreaterThanEqual: ">=", cst.In: "in", cst.NotIn: "not in", cst.Is: "is", cst.IsNot: "is not",
}  # fmt: skip
_SINGLETONS: dict[str, Const] = {"None": Const(None), "True": Const(True), "False": Const(False)}
_LOOKUPS = frozenset({"get", "pop", "setdefault", "getenv", "getattr", "hasattr", "import_module", "getitem"})
_LARGEST_INT = 2**63 - 1


def lower(walk: Walk, node: cst.CSTNode) -> Expression:
    """The expression that a node stands for, read."""
    return _LOWERINGS[type(node)](walk, node)


def lower_annotation(walk: Walk, annotation: cst.Annotation) -> Expression:
    """An annotation; its strings, which are code, are kept."""
    outer, walk.in_annotation = walk.in_annotation, True
    lowered = lower(walk, annotation.annotation)
    walk.in_annotation = outer
    return lowered


def lower_bound(walk: Walk, node: cst.CSTNode, *names: str) -> Expression:
    """An expression whose value is bound to these names; where a name looks secret, its strings are not kept."""
    outer = walk.secret
    walk.secret = outer or any(map(strings.looks_secret, names))
    lowered = lower(walk, node)
    walk.secret = outer
    return lowered


def lower_target(walk: Walk, node: cst.CSTNode) -> Expression:
    """The expression that a node stands for as a target: names are bound, the rest is walked as it is read."""
    if isinstance(node, cst.Name):
        walk.bind(node.value)
        return Name(node.value, walk.site(node))
    if isinstance(node, (cst.Tuple, cst.List)):
        at = walk.site(node)
        items = [lower_target(walk, item) for item in node.elements]
        return Display("tuple" if isinstance(node, cst.Tuple) else "list", items, at)
    if isinstance(node, cst.StarredElement):
        return Star(lower_target(walk, node.value))
    if isinstance(node, cst.Element):
        return lower_target(walk, node.value)
    return lower(walk, node)


def bound_names(node: cst.CSTNode) -> list[str]:
    """The names by which a target or operand is known: `password`, `self.password`, `x["password"]`."""
    if isinstance(node, cst.Name):
        return [node.value]
    if isinstance(node, cst.Attribute):
        return [node.attr.value]
    if isinstance(node, (cst.Tuple, cst.List)):
        return [name for item in node.elements for name in bound_names(item.value)]
    if isinstance(node, cst.Subscript):
        index = node.slice[0].slice
        if isinstance(index, cst.Index) and isinstance(index.value, cst.SimpleString):
            return [index.value.value]
    return []


def _name(walk: Walk, node: cst.Name) -> Expression:
    value = node.value
    if value in _SINGLETONS:
        return _SINGLETONS[value]
    walk.used.add(value)
    walk.nodes.append(node)
    return Name(value, len(walk.nodes) - 1)


def _integer(walk: Walk, node: cst.Integer) -> Expression:
    # msgpack holds 64 bits, and int() refuses very long texts.
    value = int(node.value, 0) if len(node.value) < 24 else _LARGEST_INT + 1
    return Const(value) if value <= _LARGEST_INT else Opaque("int")


def _float(walk: Walk, node: cst.Float) -> Expression:
    return Const(float(node.value))


def _imaginary(walk: Walk, node: cst.Imaginary) -> Expression:
    return Opaque("complex")


def _ellipsis(walk: Walk, node: cst.Ellipsis) -> Expression:
    return Opaque("ellipsis")


def _text(walk: Walk, text: str | None) -> Expression:
    if text is None or not (walk.in_annotation or strings.is_kept(text, walk.secret)):
        return Opaque("str")
    return Const(text)


def _simple_string(walk: Walk, node: cst.SimpleString) -> Expression:
    if strings.is_bytes(node.value):
        return Opaque("bytes")
    return _text(walk, strings.literal_text(node.value))


def _string(walk: Walk, node: cst.FormattedString | cst.TemplatedString | cst.ConcatenatedString) -> Expression:
    """Strings side by side and formatted ones: a `Format` of texts and expressions, or else one text."""
    at = walk.site(node)
    parts: list[Expression] = []
    text: str | None = ""
    for piece in _pieces(walk, node):
        if piece is None or isinstance(piece, str):
            text = None if piece is None or text is None else text + piece
            continue
        if text != "":
            parts.append(_text(walk, text))
        parts.append(piece)
        text = ""
    if parts and text == "":
        return Format(parts, at)
    last = _text(walk, text)
    return Format([*parts, last], at) if parts else last


def _pieces(walk: Walk, node: cst.CSTNode) -> Iterator[str | Expression | None]:
    """The texts (None for one that is not known) and expressions of strings, in order."""
    while isinstance(node, cst.ConcatenatedString):
        yield from _pieces(walk, node.left)
        node = node.right
    if isinstance(node, cst.SimpleString):
        yield strings.literal_text(node.value)
    elif isinstance(node, (cst.FormattedString, cst.TemplatedString)):
        yield from _contents(walk, node.parts)


def _contents(walk: Walk, contents: Iterable[cst.CSTNode]) -> Iterator[str | Expression | None]:
    for content in contents:
        if isinstance(content, (cst.FormattedStringText, cst.TemplatedStringText)):
            text = content.value.replace("{{", "{").replace("}}", "}")
            yield None if "\\" in text else text
        elif isinstance(content, (cst.FormattedStringExpression, cst.TemplatedStringExpression)):
            yield lower(walk, content.expression)
            for inner in _contents(walk, content.format_spec or ()):
                if inner is not None and not isinstance(inner, str):
                    yield inner


def _chain(walk: Walk, node: cst.CSTNode) -> Expression:
    """Attributes, calls and subscripts, one on the other."""
    nodes = walk.nodes
    spine: list[tuple[Any, int]] = []
    while True:
        kind = type(node)
        if kind is cst.Attribute or kind is cst.Subscript:
            inner = node.value  # type: ignore[attr-defined]
        elif kind is cst.Call:
            inner = node.func  # type: ignore[attr-defined]
        else:
            break
        spine.append((node, len(nodes)))
        nodes.append(node)
        node = inner
    secret, walk.secret = walk.secret, False
    value = lower(walk, node)
    for link, at in reversed(spine):
        kind = type(link)
        if kind is cst.Attribute:
            value = Attribute(value, link.attr.value, at)
        elif kind is cst.Call:
            value = _call(walk, link, value, at, secret)
        else:
            value = Index(value, _key(walk, link.slice), at)
    walk.secret = secret
    return value


def _call(walk: Walk, node: cst.Call, function: Expression, at: int, secret: bool) -> Call:
    """A call. Its first text may be a key that makes secrets of what stands beside it: `getenv("API_KEY", "…")`."""
    arguments: list[Expression] = []
    keywords: list[tuple[str | None, Expression]] = []
    if not node.args:
        return Call(function, arguments, keywords, at)
    walk.secret = secret and not _is_lookup(function)
    outer_annotation, walk.in_annotation = walk.in_annotation, False
    key = ""
    for argument in node.args:
        if argument.keyword is not None:
            walk.secret = secret
            name = argument.keyword.value
            keywords.append((name, lower_bound(walk, argument.value, name, key)))
        elif argument.star == "**":
            keywords.append((None, lower(walk, argument.value)))
        elif argument.star == "*":
            arguments.append(Star(lower(walk, argument.value)))
        else:
            value = lower(walk, argument.value)
            arguments.append(value)
            if not key and type(value) is Const and type(value.value) is str:
                key = value.value
                walk.secret = secret or strings.looks_secret(key)
    walk.in_annotation = outer_annotation
    walk.secret = False
    return Call(function, arguments, keywords, at)


def _is_lookup(function: Expression) -> bool:
    if isinstance(function, Attribute):
        return function.name in _LOOKUPS
    return isinstance(function, Name) and function.id in _LOOKUPS


def _key(walk: Walk, elements: Sequence[cst.SubscriptElement]) -> Expression:
    if len(elements) == 1 and elements[0].comma is cst.MaybeSentinel.DEFAULT:
        only = elements[0].slice
        if not (isinstance(only, cst.Index) and only.star):
            return _slice(walk, only)
    at = walk.site(elements[0])
    return Display("tuple", [_slice(walk, element.slice) for element in elements], at)


def _slice(walk: Walk, node: cst.BaseSlice) -> Expression:
    if isinstance(node, cst.Index):
        value = lower(walk, node.value)
        return Star(value) if node.star else value
    assert isinstance(node, cst.Slice)
    return Slice(*(None if part is None else lower(walk, part) for part in (node.lower, node.upper, node.step)))


def _binary(walk: Walk, node: cst.BinaryOperation) -> Expression:
    spine: list[tuple[cst.BinaryOperation, int]] = []
    left: cst.CSTNode = node
    while isinstance(left, cst.BinaryOperation):
        spine.append((left, walk.site(left)))
        left = left.left
    first = lower(walk, left)
    rest = [(OPERATORS[type(link.operator)], lower(walk, link.right), at) for link, at in reversed(spine)]
    return Operation(first, rest)


def _boolean(walk: Walk, node: cst.BooleanOperation) -> Expression:
    operator = type(node.operator)
    operands: list[cst.CSTNode] = []
    left: cst.CSTNode = node
    while isinstance(left, cst.BooleanOperation) and type(left.operator) is operator:
        operands.append(left.right)
        left = left.left
    values = [lower(walk, left)]
    values.extend(lower(walk, operand) for operand in reversed(operands))
    return BoolOp("and" if operator is cst.And else "or", values)


def _unary(walk: Walk, node: cst.UnaryOperation) -> Expression:
    at = walk.site(node)
    value = lower(walk, node.expression)
    operator = type(node.operator)
    return Not(value, at) if operator is cst.Not else Unary(OPERATORS[operator], value, at)


def _comparison(walk: Walk, node: cst.Comparison) -> Expression:
    """A comparison; a text that is compared with a secret is one."""
    at = walk.site(node)
    names = [*bound_names(node.left), *(name for item in node.comparisons for name in bound_names(item.comparator))]
    first = lower_bound(walk, node.left, *names)
    rest = [
        (_COMPARISONS[type(item.operator)], lower_bound(walk, item.comparator, *names)) for item in node.comparisons
    ]
    return Compare(first, rest, at)


def _conditional(walk: Walk, node: cst.IfExp) -> Expression:
    body = lower(walk, node.body)
    test = lower(walk, node.test)
    return Conditional(test, body, lower(walk, node.orelse))


def _walrus(walk: Walk, node: cst.NamedExpr) -> Expression:
    target = lower_target(walk, node.target)
    assert isinstance(target, Name)
    return Walrus(target, lower_bound(walk, node.value, target.id))


def _await(walk: Walk, node: cst.Await) -> Expression:
    at = walk.site(node)
    return Await(lower(walk, node.expression), at)


def _yield(walk: Walk, node: cst.Yield) -> Expression:
    at = walk.site(node)
    walk.scope.is_generator = True
    if isinstance(node.value, cst.From):
        return YieldFrom(lower(walk, node.value.item), at)
    return Yield(None if node.value is None else lower(walk, node.value), at)


def _display(walk: Walk, node: cst.Tuple | cst.List | cst.Set) -> Expression:
    at = walk.site(node)
    items: list[Expression] = []
    for element in node.elements:
        value = lower(walk, element.value)
        items.append(Star(value) if type(element) is cst.StarredElement else value)
    return Display("tuple" if type(node) is cst.Tuple else "list" if type(node) is cst.List else "set", items, at)


def _starred(walk: Walk, node: cst.StarredElement) -> Expression:
    return Star(lower(walk, node.value))


def _dict(walk: Walk, node: cst.Dict) -> Expression:
    at = walk.site(node)
    items: list[tuple[Expression | None, Expression]] = []
    secret = walk.secret
    for element in node.elements:
        if isinstance(element, cst.DictElement):
            walk.secret = False
            key = lower(walk, element.key)
            walk.secret = secret
            name = key.value if type(key) is Const and type(key.value) is str else ""
            items.append((key, lower_bound(walk, element.value, name)))
        else:
            items.append((None, lower(walk, element.value)))
    return DictDisplay(items, at)


def _comprehension(walk: Walk, node: cst.BaseComp) -> Expression:
    """A comprehension. Its targets hide names of the scope around it everywhere but in the first iterable."""
    at = walk.site(node)
    outer = walk.used, walk.wanted
    inner: tuple[set[str], set[str]] = (set(), set())
    walk.used, walk.wanted = inner
    kind, element, value = _element(walk, node)
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
    walk.used, walk.wanted = outer
    walk.used |= inner[0] - targets.keys()
    walk.wanted |= inner[1] - targets.keys()
    return Comprehension(kind, element, value, clauses, at)


def _element(
    walk: Walk, node: cst.BaseComp
) -> tuple[Literal["list", "set", "dict", "generator"], Expression, Expression | None]:
    if isinstance(node, cst.DictComp):
        return "dict", lower(walk, node.key), lower(walk, node.value)
    if isinstance(node, cst.StarredDictComp):
        return "dict", Star(lower(walk, node.value)), None
    assert isinstance(node, (cst.ListComp, cst.SetComp, cst.GeneratorExp))
    kind = _COMPREHENSIONS[type(node)]
    return kind, lower(walk, node.elt), None


def lower_parameters(walk: Walk, node: cst.Parameters) -> list[Parameter]:
    """The parameters in the order in which they stand; annotations and defaults belong to the scope around."""
    parameters = [_parameter(walk, param, "positional-only") for param in node.posonly_params]
    parameters += [_parameter(walk, param, "positional") for param in node.params]
    if isinstance(node.star_arg, cst.Param):
        parameters.append(_parameter(walk, node.star_arg, "var-positional"))
    parameters += [_parameter(walk, param, "keyword-only") for param in node.kwonly_params]
    if node.star_kwarg is not None:
        parameters.append(_parameter(walk, node.star_kwarg, "var-keyword"))
    return parameters


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
    walk.scopes[index].parameters = lower_parameters(walk, node.params)
    with walk.inside(index) as scope:
        scope.body.append(Return(lower(walk, node.body)))
    return Lambda(index, at)


_COMPREHENSIONS: dict[type[cst.CSTNode], Literal["list", "set", "generator"]] = {
    cst.ListComp: "list", cst.SetComp: "set", cst.GeneratorExp: "generator",
}  # fmt: skip
_LOWERINGS: dict[type[cst.CSTNode], Callable[[Walk, Any], Expression]] = {
    cst.Name: _name, cst.Integer: _integer, cst.Float: _float, cst.Imaginary: _imaginary, cst.Ellipsis: _ellipsis,
    cst.SimpleString: _simple_string, cst.FormattedString: _string, cst.TemplatedString: _string,
    cst.ConcatenatedString: _string, cst.Attribute: _chain, cst.Call: _chain, cst.Subscript: _chain,
    cst.BinaryOperation: _binary, cst.BooleanOperation: _boolean, cst.UnaryOperation: _unary,
    cst.Comparison: _comparison, cst.IfExp: _conditional, cst.NamedExpr: _walrus, cst.Await: _await,
    cst.Yield: _yield, cst.Tuple: _display, cst.List: _display, cst.Set: _display, cst.Dict: _dict,
    cst.StarredElement: _starred, cst.ListComp: _comprehension, cst.SetComp: _comprehension,
    cst.DictComp: _comprehension, cst.StarredDictComp: _comprehension, cst.GeneratorExp: _comprehension,
    cst.Lambda: _lambda,
}  # fmt: skip
