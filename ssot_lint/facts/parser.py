"""LibCST's parser at less than its full price.

Its trees are for rewriting: two of three nodes are blanks, comments, commas and brackets, and each node is validated
when it is made, also by the parser, whose grammar can't make a wrong one. LibCST's authors say so in
`CSTNode.__post_init__`, and offer no switch. The parser itself, which is compiled, looks the classes of nodes up
by name in the module `libcst` and calls them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import libcst as cst

from ssot_lint.facts.model import Unreadable
from ssot_lint.facts.nesting import bracket_depth
from ssot_lint.facts.unreadable import refusal, undecodable, unparsable

# Python's own tokenizer takes no more; LibCST's parser overflows the stack, and ends the process, at some 1,500.
_DEEPEST_BRACKETS = 200
_NODE: Any = cst.CSTNode
_VALIDATE = cst.CSTNode.__post_init__
_TRIVIA = (
    "AssignEqual", "Colon", "Comma", "Comment", "Dot", "EmptyLine", "LeftCurlyBrace", "LeftParen", "LeftSquareBracket",
    "Newline", "ParenthesizedWhitespace", "RightCurlyBrace", "RightParen", "RightSquareBracket", "Semicolon",
    "SimpleWhitespace", "TrailingWhitespace",
)  # fmt: skip
# Takes whatever arguments a node does, and gives nothing worth a look, at the price of one call in C.
_nothing: Any = "".format


def parse(source: bytes, *, is_compiled: bool = False) -> cst.Module | Unreadable:
    """LibCST's tree of a Python file, or why there is none. What Python has compiled is not nested too deeply."""
    if not is_compiled and bracket_depth(source) > _DEEPEST_BRACKETS and (refused := refusal(source)):
        return refused
    try:
        with _trusting():
            return cst.parse_module(source)
    except cst.ParserSyntaxError as error:
        return undecodable(source) or unparsable(source, error.message)
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        return undecodable(source) or Unreadable(1, str(error))


def parse_bare(source: bytes, *, is_compiled: bool = False) -> cst.Module | Unreadable:
    """The same without blanks, comments and punctuation: something else stands there. It can't be printed."""
    classes = {name: getattr(cst, name) for name in _TRIVIA}
    try:
        vars(cst).update(dict.fromkeys(_TRIVIA, _nothing))
        return parse(source, is_compiled=is_compiled)
    finally:
        vars(cst).update(classes)


@contextmanager
def _trusting() -> Iterator[None]:
    """Inside of it nodes are made as they come. Outside, what code puts together is validated as ever."""
    _NODE.__post_init__ = _take
    try:
        yield
    finally:
        _NODE.__post_init__ = _VALIDATE


def _take(_: cst.CSTNode) -> None:
    """Nothing to check."""
