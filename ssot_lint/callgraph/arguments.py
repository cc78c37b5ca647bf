"""Arguments of a call, and how they bind to the parameters of a definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from sys import intern
from types import MappingProxyType
from typing import NamedTuple

from ssot_lint.callgraph.values import NOTHING, Container, Values
from ssot_lint.facts.model import Parameter

TWICE = "gets multiple values for argument"
NO_NAMES: frozenset[str] = frozenset()
NO_KEYWORDS: Mapping[str, Values] = MappingProxyType({})


class Arguments(NamedTuple):
    """What a call passes. `rest` and `rest_keywords` are what `*x` and `**x` of unknown length may hold.

    `spread` are the tuples and dicts that it spreads, None where it is not told which these are, and what they hold.
    """

    positional: tuple[Values, ...] = ()
    keywords: Mapping[str, Values] = NO_KEYWORDS
    rest: Values | None = None
    rest_keywords: Values | None = None
    spread: tuple[Container, ...] | None = ()

    def prepend(self, first: Values) -> Arguments:
        """The same with one more positional argument in front (a method's receiver)."""
        return self._replace(positional=(first, *self.positional))

    def extend(self, other: Arguments) -> Arguments:
        """These, then the other ones (`functools.partial`)."""
        return Arguments(
            self.positional + other.positional,
            {**self.keywords, **other.keywords},
            other.rest if self.rest is None else self.rest | (other.rest or NOTHING),
            other.rest_keywords
            if self.rest_keywords is None
            else self.rest_keywords | (other.rest_keywords or NOTHING),
            None if self.spread is None or other.spread is None else (*self.spread, *other.spread),
        )

    def every(self) -> Values:
        """All that is passed, wherever."""
        found = NOTHING.union(*self.positional, *self.keywords.values())
        return found | (self.rest or NOTHING) | (self.rest_keywords or NOTHING)

    def at(self, where: int | str) -> Values | None:
        """The argument at a position or of a name, None if it is not passed."""
        if isinstance(where, str):
            return self.keywords.get(where, self.rest_keywords)
        return self.positional[where] if where < len(self.positional) else self.rest


class Signature:
    """The parameters of a definition, sorted by how arguments reach them."""

    __slots__ = ("by_name", "parameters", "positional", "takes_extra", "takes_keywords")

    def __init__(self, parameters: Sequence[Parameter]) -> None:
        self.parameters = parameters
        self.positional = tuple(each.name for each in parameters if each.kind in ("positional-only", "positional"))
        # Few names: a set of them takes four times the room.
        self.by_name = tuple(each.name for each in parameters if each.kind in ("positional", "keyword-only"))
        self.takes_extra = any(each.kind == "var-positional" for each in parameters)
        self.takes_keywords = any(each.kind == "var-keyword" for each in parameters)


class Binding(NamedTuple):
    """Arguments bound to parameters.

    `values` has what each parameter was given; `given` names those that the call passes itself. `extra` and
    `extra_keywords` go to `*args` and `**kwargs`. `problem` says why the call can't fit (empty where it can).
    """

    values: dict[str, Values]
    given: frozenset[str]
    extra: tuple[Values, ...]
    extra_keywords: dict[str, Values]
    problem: str


def bind(signature: Signature, arguments: Arguments) -> Binding:
    """Binds a call's arguments as Python does (language reference 6.3.4 "Calls"); defaults are left to the caller."""
    values = dict(zip(signature.positional, arguments.positional, strict=False))
    extra = arguments.positional[len(signature.positional) :]
    problem = ""
    if extra and not signature.takes_extra:
        many, count = len(signature.positional), len(arguments.positional)
        are = "is" if count == 1 else "are"
        problem = f"takes {many} positional argument{'s'[: many != 1]} but {count} {are} given"
    extra_keywords: dict[str, Values] = {}
    for name, value in arguments.keywords.items():
        if name not in signature.by_name:
            extra_keywords[name] = value
            continue
        if name in values:
            problem = problem or f"{TWICE} `{name}`"
        values[name] = value
    if extra_keywords and not signature.takes_keywords:
        problem = problem or f"gets an unexpected keyword argument `{next(iter(extra_keywords))}`"
    given = frozenset(values)
    missing = _spread(signature, arguments, values)
    if missing:
        problem = problem or f"misses the required argument `{missing}`"
    return Binding(values, given, extra, extra_keywords, intern(problem))


def _spread(signature: Signature, arguments: Arguments, values: dict[str, Values]) -> str:
    """Gives parameters what `*x` and `**x` of unknown length may bring; the first required one that gets nothing."""
    missing = ""
    for parameter in signature.parameters:
        if parameter.name in values or parameter.kind in ("var-positional", "var-keyword"):
            continue
        found: Values | None = None
        if parameter.kind != "keyword-only" and arguments.rest is not None:
            found = arguments.rest
        if parameter.kind != "positional-only" and arguments.rest_keywords is not None:
            found = arguments.rest_keywords | (found or NOTHING)
        if found is not None:
            values[parameter.name] = found
        elif parameter.default is None:
            missing = missing or parameter.name
    return missing
