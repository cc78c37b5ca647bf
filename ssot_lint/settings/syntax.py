"""Parts of a concrete syntax tree that the constants of a file are read from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from ssot_lint.settings.elsewhere import Import
from ssot_lint.settings.tables import Constant, Items, Text

if TYPE_CHECKING:
    import libcst as cst

_ADDING = frozenset({"append", "extend", "update", "insert", "setdefault"})
_PUNCTUATION = re.compile(
    r"whitespace|leading_lines|lines_after|lpar|rpar|[lr](?:brace|bracket)|comma|equal|colon|semicolon|header|footer|indent"
    r"|operator|newline|trailing"
)


def additions(node: cst.CSTNode) -> Iterator[tuple[cst.BaseExpression, cst.BaseExpression | None]]:
    """(holder, what is added to it) of a call or assignment; None for what is not known.

    Of an assignment to an entry the holder is the entry.
    """
    import libcst as cst

    if isinstance(node, cst.AugAssign):
        yield node.target, node.value
    elif isinstance(node, cst.Assign):
        yield from ((each.target, node.value) for each in node.targets if isinstance(each.target, cst.Subscript))
    elif isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute) and node.func.attr.value in _ADDING:
        plain = [argument.value for argument in node.args if argument.keyword is None and not argument.star]
        if plain or not node.args:
            yield node.func.value, plain[0] if len(plain) == 1 and len(plain) <= len(node.args) else None
        if len(plain) < len(node.args):
            # `update(NAME="secret-id")`: the table of the keywords.
            yield node.func.value, node


def imports(node: cst.Import | cst.ImportFrom) -> Iterator[tuple[str, Import]]:
    """The names that an import statement binds, with what each is."""
    import libcst as cst

    if isinstance(node.names, cst.ImportStar):
        return
    for each in node.names:
        name = ".".join(dotted(each.name))
        alias = getattr(each.asname and each.asname.name, "value", "")
        if isinstance(node, cst.ImportFrom):
            module = ".".join(dotted(node.module)) if node.module is not None else ""
            yield alias or name, Import(len(node.relative), module, name)
        else:
            top = name.partition(".")[0]
            yield (alias, Import(0, name)) if alias else (top, Import(0, top))


def dotted(node: cst.BaseExpression) -> list[str]:
    """The parts of `a.b.c`; none of what is no such name."""
    import libcst as cst

    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.insert(0, node.attr.value)
        node = node.value
    return [node.value, *parts] if isinstance(node, cst.Name) else []


def name_of_call(call: cst.Call) -> str:
    """The last name of what is called; empty where it has none."""
    import libcst as cst

    function = call.func.attr if isinstance(call.func, cst.Attribute) else call.func
    return function.value if isinstance(function, cst.Name) else ""


def is_entry(node: cst.BaseExpression) -> bool:
    """Whether it is an entry of a table, which is told of where the table is: `TABLE["key"]`, `TABLE.get("key")`."""
    import libcst as cst

    return isinstance(node, cst.Subscript) or (isinstance(node, cst.Call) and name_of_call(node) == "get")


def names_in(*nodes: cst.CSTNode) -> set[str]:
    """The names in expressions."""
    import libcst as cst

    found: set[str] = set()
    stack = list(nodes)
    while stack:
        node = stack.pop()
        if isinstance(node, cst.Name):
            found.add(node.value)
        else:
            stack += children(node)
    return found


def parameters(definition: cst.ClassDef | cst.FunctionDef) -> tuple[str, ...]:
    """The names of a function's parameters that may be given by position; none for a class."""
    import libcst as cst

    if not isinstance(definition, cst.FunctionDef):
        return ()
    return tuple(each.name.value for each in (*definition.params.posonly_params, *definition.params.params))


def value_of(string: cst.SimpleString) -> str | bytes | None:
    """What a string says, or None where only the grammar takes it: an escape that is none, a null byte."""
    try:
        return string.evaluated_value
    except (SyntaxError, ValueError):
        return None


def sides(node: cst.BaseExpression) -> tuple[cst.BaseExpression, cst.BaseExpression]:
    """What stands left and right of an operator, or the two parts of a string."""
    import libcst as cst

    if isinstance(node, cst.ConcatenatedString | cst.BinaryOperation):
        return node.left, node.right
    raise TypeError(type(node).__name__)


def children(node: cst.CSTNode) -> list[cst.CSTNode]:
    """What `node.children` has, without white space and punctuation, in a tenth of its time."""
    found: list[cst.CSTNode] = []
    for name in _fields(type(node)):
        value = getattr(node, name)
        for each in value if isinstance(value, list | tuple) else (value,):
            if hasattr(each, "__dataclass_fields__"):
                found.append(each)
    return found


@cache
def _fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    return tuple(name for name in kind.__dataclass_fields__ if not _PUNCTUATION.match(name))


def body(block: cst.BaseSuite | Sequence[cst.BaseStatement]) -> Sequence[cst.CSTNode]:
    """The statements of a block."""
    return block if isinstance(block, Sequence) else block.body


def unpacked(target: cst.BaseExpression, element: Constant) -> Iterator[tuple[str, Constant]]:
    """The names that a loop binds, with what they are."""
    import libcst as cst

    if isinstance(target, cst.Name):
        yield target.value, element
    elif isinstance(target, cst.Tuple | cst.List) and isinstance(element, Items):
        for part, item in zip(target.elements, element.items, strict=False):
            yield from unpacked(part.value, item)


def said_by_name(node: cst.Name | cst.Attribute, line: int) -> Text | None:
    """`True`, and what is not defined here but says what it is, as a member of an enum does: `Environment.STAGING`."""
    import libcst as cst

    if isinstance(node, cst.Name):
        return Text(node.value, line) if node.value in {"True", "False"} else None
    owner = getattr(node.value, "value", "")
    is_member = isinstance(owner, str) and owner[:1].isupper() and not owner.isupper() and node.attr.value.isupper()
    return Text(node.attr.value, line) if is_member else None
