"""The rules that there are: one class `Rule` a module of this package, and those of installed plugins.

A plugin names its classes in the entry-point group `ssot_lint.rules`. A rule explains itself: its docstring starts
with a sentence, and has sections headed `## What it does`, `## Why is this bad?`, `## Example`, `## Fix`, `## Options`.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Protocol, cast

from ssot_lint import checks
from ssot_lint.errors import SsotLintError
from ssot_lint.findings import Level, Violation

if TYPE_CHECKING:
    from ssot_lint.checks.context import CheckContext

PLUGINS = "ssot_lint.rules"


class Rule(Protocol):
    """What every rule's class says of itself, and what an instance, made without arguments, finds."""

    code: str
    name: str
    level: Level

    def check(self, context: CheckContext) -> Iterable[Violation]:
        """The violations in the project that the context is of."""


@cache
def rules() -> dict[str, type[Rule]]:
    """The rules by code, sorted.

    Raises `SsotLintError` where a plugin can't be loaded, or takes a code that is taken.
    """
    found: dict[str, type[Rule]] = {}
    for rule in (*_own(), *_plugins()):
        if rule.code in found:
            raise SsotLintError(f"two rules have the code {rule.code}: {found[rule.code]!r} and {rule!r}")
        found[rule.code] = rule
    return dict(sorted(found.items()))


def has_plugins() -> bool:
    """Whether there are rules that are not the tool's own."""
    return any(not rule.__module__.startswith(f"{checks.__name__}.") for rule in rules().values())


def explanation(rule: type[Rule]) -> str:
    """The docstring of a rule, as Markdown."""
    return inspect.cleandoc(rule.__doc__ or "")


def sections(rule: type[Rule]) -> dict[str, str]:
    """The explanation by section, the sentence that it starts with under the empty heading."""
    first, *others = re.split(r"^## ", explanation(rule), flags=re.MULTILINE)
    headed = (part.partition("\n") for part in others)
    return {"": first.strip(), **{heading: text.strip() for heading, _, text in headed}}


def _own() -> Iterator[type[Rule]]:
    for module in pkgutil.iter_modules(checks.__path__, f"{checks.__name__}."):
        rule = vars(importlib.import_module(module.name)).get("Rule")
        if module.name != __name__ and rule is not None:
            yield cast("type[Rule]", rule)


def _plugins() -> Iterator[type[Rule]]:
    for plugin in entry_points(group=PLUGINS):
        try:
            yield cast("type[Rule]", plugin.load())
        except (ImportError, AttributeError) as error:
            raise SsotLintError(f"the plugin {plugin.value} can't be loaded: {error}; mend or remove it") from error
