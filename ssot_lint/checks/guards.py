"""What keeps a failure from mattering where it stands: handlers that swallow it, and tests that may rule it out."""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

import msgspec

from ssot_lint.checks.surroundings import Step, Surroundings, written
from ssot_lint.facts.library import Library
from ssot_lint.facts.model import (
    Attribute,
    AugmentedAssign,
    Await,
    BoolOp,
    Call,
    Compare,
    Conditional,
    Const,
    Define,
    DefineClass,
    Display,
    Expression,
    For,
    If,
    Jump,
    ModuleFacts,
    Name,
    Not,
    Raise,
    Return,
    Statement,
    Try,
    While,
    With,
)
from ssot_lint.facts.nested import nested, walk
from ssot_lint.findings import Site

_IDENTITY = ("is", "is not")
SUPPRESSING = frozenset(("suppress", "raises", "assertRaises", "assertRaisesRegex"))
# Tests of what differs between installations: versions, platforms, optional dependencies, what happens to exist.
_UNSURE = re.compile(
    r"hasattr|getattr|globals|locals|vars|dir|find_spec|signature|parameters|import_?error|TYPE_CHECKING|MYPY"
    r"|version_info|hexversion|__version__|_?(?-i:[A-Z0-9_]*VERSION[A-Z0-9_]*)|_?PY_?\d+\w*|platform|os\.name|system|implementation|\w*windows\w*|\w*pypy\w*"
    r"|_?(has|have)_\w+|\w+_(available|installed|supported|present|missing)",
    re.IGNORECASE,
)
# A name of one's own that speaks of a version is such a test where it is compared or parsed: `if not version:` is none.
_VERSION = re.compile(r".*version.*", re.IGNORECASE)
_COUNTING = ("range", "count")
NO_ENDS: Mapping[int, bool] = MappingProxyType({})
_EXCEPTION_NAME = re.compile(r"_?[A-Z]\w*[a-z]\w*")


class Guards:
    """The guards of any place of a project."""

    def __init__(self, library: Library, surroundings: Surroundings) -> None:
        self._library = library
        self._surroundings = surroundings
        self._known: dict[tuple[Site, type[Exception]], bool] = {}

    def hold(self, site: Site, error: type[Exception], ended: Mapping[int, bool] = NO_ENDS) -> bool:
        """Whether an error at the site is swallowed around it, or a test may keep the site from running at all.

        `ended` says of sites of `raise` whether the handler that holds one always ends in one.
        """
        key = (site, error)
        if key not in self._known:
            self._known[key] = self._holds(site, error, NO_ENDS)
        return self._known[key] and (not any(ended.values()) or self._holds(site, error, ended))

    def rule_out(self, site: Site) -> bool:
        """Whether a test of what differs between installations may keep the site from running at all."""
        return any(_rules_out(step, Exception) for step in self._surroundings.of(site))

    def _holds(self, site: Site, error: type[Exception], ended: Mapping[int, bool]) -> bool:
        return any(
            (_swallows(step, error, ended) and not _tries_again(step))
            or _rules_out(step, error)
            or any(_turns_back(each, site.at, error) for each in self._body(step, site))
            for step in self._surroundings.of(site)
        )

    def _body(self, step: Step, site: Site) -> Iterable[object]:
        """The statements that the place stands among, if the step is one into a body."""
        if step.field != "body":
            return ()
        if isinstance(step.node, (Define, DefineClass)):
            facts = self._library.get(site.module)
            return facts.scopes[step.node.scope].body if isinstance(facts, ModuleFacts) else ()
        body = getattr(step.node, "body", ())
        return body if isinstance(body, list) else ()


def _swallows(step: Step, error: type[Exception], ended: Mapping[int, bool]) -> bool:
    node = step.node
    if isinstance(node, Try) and step.field == "body":
        return any(
            _catches(handler.type, error) and not leaves(handler.body, (Raise,)) and not raises_in(handler.body, ended)
            for handler in node.handlers
        )
    if isinstance(node, With) and step.field == "body":
        return any(written(item).rpartition(".")[2] in SUPPRESSING for item, _, _ in node.items)
    return False


def _tries_again(step: Step) -> bool:
    """Whether a loop only tries the same again so many times: what always fails is raised at last.

    So it is where the handler raises under a test of how many there were (`if attempt == last: raise`).
    """
    loop = step.outer.node if step.outer is not None and step.outer.field == "body" else None
    if not isinstance(loop, (For, While)) or not isinstance(step.node, Try):
        return False
    handling = [each for handler in step.node.handlers for each in nested(handler.body)]
    if any(isinstance(each, Return) or (isinstance(each, Jump) and each.type == "break") for each in handling):
        return False
    counting = _counting(loop)
    tests = [each.test for each in handling if isinstance(each, If) and leaves(each.body, (Raise,))]
    return bool(counting) and any(
        isinstance(each, Name) and each.id in counting for test in tests for each in walk(test)
    )


def _counting(loop: For | While) -> set[str]:
    """The variables by which a loop counts."""
    if isinstance(loop, For):
        is_counted = isinstance(loop.iterable, Call) and written(loop.iterable.function).endswith(_COUNTING)
        return {loop.target.id} if is_counted and isinstance(loop.target, Name) else set()
    return {
        each.target.id
        for each in nested(loop.body)
        if isinstance(each, AugmentedAssign) and isinstance(each.target, Name)
    }


def raises_in(body: list[Statement], ended: Mapping[int, bool]) -> bool:
    """Whether the statements of a handler were seen to end in one of their `raise`s whenever they ran."""
    return any(isinstance(each, Raise) and ended.get(each.at) for each in nested(body))


def _catches(type_: Expression | None, error: type[Exception]) -> bool:
    if type_ is None:
        return True
    return any(_is_caught_as(written(each), error) for each in (type_.items if isinstance(type_, Display) else [type_]))


def _is_caught_as(name: str, error: type[Exception]) -> bool:
    """Whether `except name` catches the error; a name that is none of a class may stand for anything."""
    last = name.rpartition(".")[2]
    known = getattr(builtins, last, None)
    if isinstance(known, type) and issubclass(known, BaseException):
        return issubclass(error, known) or issubclass(known, error)
    return last == error.__name__ or _EXCEPTION_NAME.fullmatch(last) is None


def leaves(body: list[Statement], ways: tuple[type[Statement], ...]) -> bool:
    """Whether running the statements always ends in one of the ways."""
    if not body:
        return False
    last = body[-1]
    if isinstance(last, If):
        return leaves(last.body, ways) and leaves(last.orelse, ways)
    return isinstance(last, ways)


def _rules_out(step: Step, error: type[Exception]) -> bool:
    node = step.node
    if isinstance(node, (If, While, Conditional)) and step.field in ("body", "orelse"):
        return is_unsure(node.test) and not _holds_at_first(node.test, step.field == "body", error)
    return isinstance(node, BoolOp) and is_unsure(node.values)


def _turns_back(statement: object, at: int, error: type[Exception]) -> bool:
    """`if <unsure>: return` before the site."""
    return (
        isinstance(statement, If)
        and is_unsure(statement.test)
        and not _holds_at_first(statement.test, False, error)
        and leaves(statement.body, (Return, Jump))
        and any(getattr(each, "at", at) < at for each in walk(statement.test))
    )


def _holds_at_first(test: Expression, outcome: bool, error: type[Exception]) -> bool:
    """Whether a test asks an instance for what it has set before, with the outcome that it has not.

    `if hasattr(self, "ready"): return` keeps nothing from running the first time.
    """
    if isinstance(test, Not):
        return _holds_at_first(test.value, not outcome, error)
    if not isinstance(test, Call) or not isinstance(test.function, Name) or issubclass(error, AttributeError):
        return False
    subject = test.arguments[0] if test.arguments else None
    is_question = test.function.id in ("hasattr", "getattr")
    return is_question and isinstance(subject, Name) and subject.id in ("self", "cls") and not outcome


def is_unsure(test: Expression | Iterable[Expression]) -> bool:
    """Whether a test is one of what differs between installations."""
    nodes = list(walk(test))
    data = {id(node.function) for node in nodes if isinstance(node, Call) and _reads_a_setting(node)}
    # What is waited for (`await users.has_members()`) is no matter of the installation.
    data |= {id(inner) for node in nodes if isinstance(node, Await) for inner in walk(node)}
    return any(_UNSURE.fullmatch(name) for node in nodes if id(node) not in data for name in _names(node)) or any(
        _VERSION.fullmatch(name)
        for node in nodes
        if isinstance(node, Call) or (isinstance(node, Compare) and not all(op in _IDENTITY for op, _ in node.rest))
        for inner in walk(node)
        for name in _names(inner)
    )


def _reads_a_setting(call: Call) -> bool:
    """`getattr(settings, "level", "info")`, with a value in any case; of a module of Python's it asks for more."""
    if not isinstance(call.function, Name) or call.function.id != "getattr" or len(call.arguments) != 3:
        return False
    subject, _, default = call.arguments
    is_python = written(subject).partition(".")[0] in sys.stdlib_module_names
    return not is_python and isinstance(default, Const) and default.value is not None


def _names(node: msgspec.Struct) -> Iterator[str]:
    if isinstance(node, Name):
        yield node.id
    elif isinstance(node, Attribute):
        yield node.name
        yield written(node)
