"""One call of a modelled callable, and the values that the words of a model mean in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ssot_lint.callgraph import containers, iteration
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.managers import enter_context, exit_context
from ssot_lint.callgraph.model_files import Callback, Place
from ssot_lint.callgraph.outside_attributes import path_value
from ssot_lint.callgraph.values import (
    NOTHING,
    Bound,
    Constant,
    Container,
    Descriptor,
    Function,
    Generator,
    Partial,
    Value,
    Values,
    Wrapper,
    ordered,
)
from ssot_lint.findings import Phase

# Not classes: `@handler(SomeError)` is an option.
DECORATED = (Function, Bound, Partial, Descriptor)
WORDS = frozenset(("arguments", "receiver", "result", "yielded", "decorated", "decorator", "none", "unknown"))


@dataclass(frozen=True)
class ModelCall:
    """The call. `results` are those of what the library calls back, as far as it has."""

    frame: Frame
    path: str
    arguments: Arguments
    at: int
    receiver: Value | None = None
    results: list[Values] = field(default_factory=list)

    def via(self, spec: Callback) -> str:
        """What to name as the caller of a callback: the path, and the argument where it has a name."""
        names = [place for place in str(spec.argument).split("/") if not place.isdigit()]
        path = self.path.removesuffix("()")
        return f"{path} {names[0]}" if isinstance(spec.argument, str) and names else path

    def argument(self, place: Place) -> Values:
        """The argument at a place: a position, a name, several with `/` between (the first given), `*` for all."""
        if place == "*":
            return NOTHING.union(*self.arguments.positional, self.arguments.rest or NOTHING)
        for each in str(place).split("/"):
            values = self.arguments.at(int(each) if each.isdigit() else each)
            if values is not None:
                return values
        return NOTHING

    def literal(self, place: Place) -> str | None:
        """The string constant at a place, None where there is none."""
        return _literal(self.argument(place))

    def elements(self, values: Values) -> Values:
        """The items of all the values; of a dict, its entries' values."""
        dicts = [value for value in ordered(values) if isinstance(value, Container) and value.type == "dict"]
        entries = NOTHING.union(*(containers.elements(self.frame, value) for value in dicts))
        return entries | iteration.iterate(self.frame, values - frozenset(dicts), self.at)

    def source(self, source: str) -> Values:
        """The values that a source means; `docs/models.md` lists the words."""
        if "|" in source:
            return NOTHING.union(*(self.source(each) for each in source.split("|")))
        word, _, what = source.partition(":")
        if word == "elements":
            return self.elements(self.source(what))
        if word == "items":
            return iteration.iterate(self.frame, self.source(what), self.at)
        if word == "row":
            return containers.packed_tuple(self.frame, [self.source(each) for each in what.split("&")], None)
        if word in ("list", "dict"):
            return frozenset((self._holding(word, self.source(what)),))
        if word == "holder":
            path, _, held = what.partition(":")
            return frozenset((self._holding(path, self.source(held)),))
        if word == "result" and what:
            return NOTHING.union(*self.results[int(what) : int(what) + 1])
        if word == "entered":
            return self.enter(self.source(what), None, None, self.path)
        if word == "path":
            return frozenset((path_value(self.frame.machine, self._filled(what)),))
        return self._named(word) if word in WORDS else self.argument(what or word)

    def _holding(self, type: str, rest: Values, items: Iterable[tuple[int, Values]] = ()) -> Container:
        """A container that stands for what the library makes, of whatever type that is."""
        return containers.make(self.frame, type, self.at, items, rest, of=self.frame.machine.none)

    def _named(self, word: str) -> Values:
        machine = self.frame.machine
        if word == "arguments":
            items = list(enumerate(self.arguments.positional))
            return frozenset((self._holding("list", self.arguments.rest or NOTHING, items),))
        if word == "receiver":
            return frozenset((self.receiver,)) if self.receiver is not None else NOTHING
        if word == "result":
            return NOTHING.union(*self.results)
        if word == "yielded":
            results = self._named("result")
            generators = frozenset(value for value in results if isinstance(value, Generator))
            return (results - generators) | iteration.iterate(self.frame, generators, self.at)
        if word == "decorated" and self.is_applied():
            return self.argument(0)
        if word in ("decorated", "decorator"):
            return machine.only(Wrapper, "same", machine.none)
        return frozenset((machine.none if word == "none" else machine.unknown,))

    def is_applied(self) -> bool:
        """Whether a decorator is called with what it decorates, not with its options."""
        return any(isinstance(value, DECORATED) for value in self.arguments.at(0) or NOTHING)

    def enter(self, managers: Values, before: Phase | None, after: Phase | None, via: str) -> Values:
        """What entering context managers gives; they are entered in one phase and left in another."""
        self.frame.machine.split.update(each.activation.code for each in managers if isinstance(each, Generator))
        with self.frame.called_back(before, "certain", via):
            bound = enter_context(self.frame, managers, self.at, is_async=True)
        with self.frame.called_back(after, "certain", via):
            for is_async in (True, False):
                exit_context(self.frame, managers, self.at, is_async)
        return bound

    def _filled(self, template: str) -> str:
        for index, values in enumerate(self.arguments.positional):
            template = template.replace(f"{{{index}}}", _literal(values) or "?")
        return template

    def passed(self, spec: Callback) -> Arguments:
        """What a callback is called with."""
        if spec.passes is None:
            return unknown_arguments(self.frame)
        positional: list[Values] = []
        keywords: dict[str, Values] = {}
        rest: Values | None = None
        rest_keywords: Values | None = None
        for source in spec.passes:
            word, _, what = source.partition(":")
            if word == "rest":
                others = self._rest(str(spec.argument).split("/"))
                positional.extend(others.positional)
                keywords.update(others.keywords)
                rest, rest_keywords = others.rest, others.rest_keywords
            elif word != "spread":
                positional.append(self.source(source))
            elif not self._spread(self.source(what), positional, keywords):
                rest = rest_keywords = frozenset((self.frame.machine.unknown,))
        return Arguments(tuple(positional), keywords, rest, rest_keywords)

    def _rest(self, places: list[str]) -> Arguments:
        """The arguments after the one at those places."""
        given = self.arguments
        position = max((int(place) + 1 for place in places if place.isdigit()), default=0)
        keywords = {name: values for name, values in given.keywords.items() if name not in places}
        return Arguments(given.positional[position:], keywords, given.rest, given.rest_keywords)

    def _spread(self, values: Values, positional: list[Values], keywords: dict[str, Values]) -> bool:
        """Adds the items of what holds `*args` or `**kwargs`; false where they are not all known."""
        known = True
        for value in ordered(values):
            if isinstance(value, Container) and value.type == "dict":
                for key in containers.keys(self.frame, value):
                    if isinstance(key, str):
                        keywords[key] = containers.item(self.frame, value, key)
            elif isinstance(value, Container) and (items := containers.exact(self.frame, value)) is not None:
                positional.extend(items)
            elif value is not self.frame.machine.none:
                known = False
        return known


def unknown_arguments(frame: Frame) -> Arguments:
    """As many arguments as the callee takes, of which nothing is known."""
    unknown = frozenset((frame.machine.unknown,))
    return Arguments((), {}, unknown, unknown)


def _literal(values: Values) -> str | None:
    for value in ordered(values):
        if isinstance(value, Constant) and isinstance(value.value, str):
            return value.value
    return None
