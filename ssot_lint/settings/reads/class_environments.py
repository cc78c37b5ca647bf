"""In which environments the classes of a module are made, as `{"production": ProductionConfig}` and names tell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from ssot_lint.facts.model import Const, DefineClass, DictDisplay, ModuleFacts, Name
from ssot_lint.facts.nested import walk
from ssot_lint.settings.environments import ENVIRONMENTS, is_environment, normalize
from ssot_lint.settings.reads.index import last_name

_HOLDING = re.compile(r"(?:Config|Configuration|Settings|Secrets)$")
_WORD = re.compile(r"[A-Z][a-z]+")


def unmade_in(facts: ModuleFacts) -> dict[int, frozenset[str]]:
    """The environments in which no instance of a class is made, by the number of the class's scope.

    A class is made where those below it are. Nothing is said of one that no table and no name tells of.
    """
    nodes = list(walk(facts.scopes[0].read()))
    classes = {facts.scopes[each.scope].name: each for each in nodes if isinstance(each, DefineClass)}
    told: defaultdict[str, set[str]] = defaultdict(set)
    for node in nodes:
        if isinstance(node, DictDisplay):
            for key, value in node.items:
                if isinstance(key, Const) and isinstance(key.value, str) and isinstance(value, Name):
                    told[value.id].add(key.value)
    found: dict[int, frozenset[str]] = {}
    for name, node in classes.items():
        made = [_where(each, told.get(each, ())) for each in _with_those_below(name, classes)]
        if all(made):
            found[node.scope] = ENVIRONMENTS - frozenset().union(*made)
    return found


def _with_those_below(name: str, classes: Mapping[str, DefineClass]) -> set[str]:
    """A class, and the classes of the module that have it above them."""
    found, pending = set[str](), [name]
    while pending:
        each = pending.pop()
        found.add(each)
        further = (below for below, node in classes.items() if each in map(last_name, node.bases))
        pending += [below for below in further if below not in found]
    return found


def _where(name: str, keys: Iterable[str]) -> frozenset[str]:
    """The environments that a table has a class under, or else its name; empty where they are not told."""
    if keys:
        known = {normalize(key) for key in keys if is_environment(key)}
        return frozenset(known) if known and all(map(is_environment, keys)) else frozenset()
    words = {word.lower() for word in _WORD.findall(_HOLDING.sub("", name))} if _HOLDING.search(name) else set()
    told = {normalize(word) for word in words if is_environment(word)}
    return frozenset(told) if len(told) == 1 else frozenset()
