"""What the tests of the facts are made of: shorthands, and strategies for Python programs."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import dedent
from typing import TypeVar

import msgspec
from hypothesis import strategies as st

from ssot_lint.facts.extract import extract
from ssot_lint.facts.model import Expression, ModuleFacts, Scope, Statement

Node = TypeVar("Node")


def facts_of(code: str | bytes) -> ModuleFacts:
    """The facts of code that must be readable."""
    facts = extract(code if isinstance(code, bytes) else dedent(code).encode())
    assert isinstance(facts, ModuleFacts), facts
    return facts


def body_of(code: str) -> list[Statement]:
    """The module's statements."""
    return facts_of(code).scopes[0].body


def expression_of(code: str) -> Expression:
    """What the value of an assignment is lowered to."""
    return body_of(f"x = {code}")[0].value  # type: ignore[union-attr,return-value]


def scope_of(code: str, qualname: str) -> Scope:
    """The one scope of that name."""
    (scope,) = (scope for scope in facts_of(code).scopes if scope.qualname == qualname)
    return scope


def nodes(root: object, kind: type[Node]) -> Iterator[Node]:
    """All nodes of a kind inside a node."""
    stack = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, kind):
            yield node
        if isinstance(node, Scope):
            stack.append(node.body)
        if isinstance(node, msgspec.Struct):
            stack.extend(getattr(node, field) for field in node.__struct_fields__)
        elif isinstance(node, (list, tuple)):
            stack.extend(node)


_names = st.sampled_from(["a", "b", "self", "näme"])
_leaves = _names | st.sampled_from(["(1)", "2.5", "'text'", "b'x'", "None", "...", "f'{a}-{b!r:>{c}}'", "'é' 'b'"])


def _compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    forms = [
        "{0}.attribute", "{0}({1})", "{0}(*{1}, key={2}, **{0})", "{0}[{1}]", "{0}[{1}:{2}, ...]", "({0} + {1})",
        "({0} * {1} - {2})", "(not {0})", "(-{0})", "({0} and {1} or {2})", "({0} < {1} is not {2})",
        "({0} if {1} else {2})", "[{0}, *{1}]", "({0}, {1})", "{{{0}, {1}}}", "{{{0}: {1}, **{2}}}",
        "[{0} for v in {1} if {2}]", "{{v: {0} for v in {1} for w in {2}}}", "(lambda p={0}: {1})", "(w := {0})",
        "list({0} for v in {1})", "(yield {0})", 'f"{{({0})}}"',
    ]  # fmt: skip
    return st.builds(lambda form, *parts: form.format(*parts), st.sampled_from(forms), inner, inner, inner)


expressions = st.recursive(_leaves, _compound, max_leaves=12).filter(lambda code: code.count('"') <= 2)
_statements = st.builds(
    lambda form, name, value: form.format(name, value),
    st.sampled_from([
        "{1}", "{0} = {1}", "{0}.x: {0} = {1}", "{0} += {1}", "return {1}", "raise {1}", "assert {1}, {0}",
        "import {0}.m as n", "from .{0} import x, y", "if {1}:\n    {0}()\nelse:\n    pass", "del {0}",
        "with {1} as {0}, {0}:\n    {0}()", "for {0}, *q in {1}:\n    continue",
        "@{0}\ndef f({0}, *, k={1}):\n    pass",
        "class A({0}, metaclass={1}):\n    x = 1", "try:\n    {1}\nexcept {0} as e:\n    pass\nfinally:\n    {0}()",
        "async def g() -> '{0}':\n    return {1}", "while {1}:\n    break",
        "match {1}:\n    case {0}(x=1) | [_, *rest]:\n        {0}()",
    ]),
    _names,
    expressions,
)  # fmt: skip
statements = st.lists(_statements, min_size=1, max_size=6)
