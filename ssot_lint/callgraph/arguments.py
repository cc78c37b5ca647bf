"""Arguments of a call, and how they bind to the parameters of a definition."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ssot_lint.callgraph.values import NOTHING, Values
from ssot_lint.facts.model import Parameter


@dataclass(frozen=True)
class Arguments:
    """What a call passes. `rest` and `rest_keywords` are what `*x` and `**x` of unknown length may hold."""

    positional: tuple[Values, ...] = ()
    keywords: dict[str, Values] = field(default_factory=dict)
    rest: Values | None = None
    rest_keywords: Values | None = None

    def prepend(self, first: Values) -> Arguments:
        """The same with one more positional argument in front (a method's receiver)."""
        return replace(self, positional=(first, *self.positional))

    def extend(self, other: Arguments) -> Arguments:
        """These, then the other ones (`functools.partial`)."""
        return Arguments(
            self.positional + other.positional,
            {**self.keywords, **other.keywords},
            other.rest if self.rest is None else self.rest | (other.rest or NOTHING),
            other.rest_keywords
            if self.rest_keywords is None
            else self.rest_keywords | (other.rest_keywords or NOTHING),
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


@dataclass(frozen=True)
class Binding:
    """Arguments bound to parameters.

    `values` has what each parameter was given; `given` names those that the call passes itself. `extra` and
    `extra_keywords` go to `*args` and `**kwargs`. `problem` says why the call can't fit (empty where it can).
    """

    values: dict[str, Values]
    given: frozenset[str]
    extra: tuple[Values, ...]
    extra_rest: Values | None
    extra_keywords: dict[str, Values]
    extra_rest_keywords: Values | None
    problem: str


def bind(parameters: list[Parameter], arguments: Arguments) -> Binding:
    """Binds a call's arguments as Python does (language reference 6.3.4 "Calls"); defaults are left to the caller."""
    values: dict[str, Values] = {}
    problem = ""
    keywords = dict(arguments.keywords)
    positional = [each for each in parameters if each.kind in ("positional-only", "positional")]
    for parameter, value in zip(positional, arguments.positional, strict=False):
        values[parameter.name] = value
    extra = arguments.positional[len(positional) :]
    takes_extra = any(each.kind == "var-positional" for each in parameters)
    takes_keywords = any(each.kind == "var-keyword" for each in parameters)
    if extra and not takes_extra:
        problem = f"takes {len(positional)} positional arguments but {len(arguments.positional)} are given"
    for parameter in parameters:
        if parameter.kind in ("positional", "keyword-only") and parameter.name in keywords:
            if parameter.name in values and not problem:
                problem = f"gets multiple values for argument `{parameter.name}`"
            values[parameter.name] = keywords.pop(parameter.name)
    if keywords and not takes_keywords and not problem:
        problem = f"gets an unexpected keyword argument `{next(iter(keywords))}`"
    given = frozenset(values)
    for parameter in parameters:
        if parameter.name in values or parameter.kind in ("var-positional", "var-keyword"):
            continue
        spread = _spread(parameter, arguments)
        if spread is not None:
            values[parameter.name] = spread
        elif parameter.default is None and not problem:
            problem = f"misses the required argument `{parameter.name}`"
    return Binding(values, given, extra, arguments.rest, keywords, arguments.rest_keywords, problem)


def _spread(parameter: Parameter, arguments: Arguments) -> Values | None:
    """What a parameter may get out of `*x` or `**x` of unknown length; None where neither can reach it."""
    found: Values | None = None
    if parameter.kind != "keyword-only" and arguments.rest is not None:
        found = arguments.rest
    if parameter.kind != "positional-only" and arguments.rest_keywords is not None:
        found = arguments.rest_keywords | (found or NOTHING)
    return found
