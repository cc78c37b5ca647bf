"""SSOT205."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ssot_lint.checks.context import CheckContext
from ssot_lint.facts.model import Attribute, ModuleFacts, Name
from ssot_lint.findings import Level, Site, Violation
from ssot_lint.project.model import Source
from ssot_lint.settings.environments import environment_of_id, is_deployed
from ssot_lint.settings.model import Setting, Settings
from ssot_lint.settings.provisioning import reference_id
from ssot_lint.settings.provisioning import references as all_references
from ssot_lint.settings.reads.index import walk
from ssot_lint.settings.supply import listing, related

_PARAMETERS = frozenset({"environment", "env", "env_name", "environment_name", "target_environment"})


class Rule:
    """Two places give the same name different secret ids, or an id of another environment.

    ## What it does

    Compares the secret ids that mappings, deploy commands and exported services give to one name, within one service
    and environment, and the environment that an id tells by its name with the one that it is used for. Several names
    for one secret are fine. A function that takes an `environment`, ignores it, and hands out a mapping of one
    environment is told of once.

    ## Why is this bad?

    The service gets another secret than its configuration says: an old one, or that of another environment.

    ## Example

        PRODUCTION_SECRETS = {"JWT_SECRET_KEY": "jwt-secret-staging"}

    ## Fix

    Use one id, that of the environment, everywhere.

    ## Options

    None.
    """

    code = "SSOT205"
    name = "mapping-mismatch"
    level: Level = "warning"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """One violation for the ids of another environment in one place, and one for a name with two ids."""
        settings = context.settings
        foreign = _foreign(settings)
        for (_, _, environment, other), found in foreign.items():
            ids = listing(reference_id(each) for each in found)
            yield Violation(
                self.code,
                self.level,
                f"{listing(each.name for each in found)} of {environment} gets {ids}, which is of {other} by its name",
                found[0].place,
                related=related([*found[1:], *_siblings(settings, found[0])]),
                help=f"use the secret of {environment}",
            )
        told = {each for found in foreign.values() for each in found}
        yield from self._two_ids([each for each in _references(settings) if each not in told])
        yield from self._ignored(context)

    def _two_ids(self, candidates: list[Setting]) -> Iterator[Violation]:
        by_name: defaultdict[str, list[Setting]] = defaultdict(list)
        for each in candidates:
            if each.kind != "kubernetes":
                by_name[each.name].append(each)
        for name, places in by_name.items():
            first = next((each for each in places if any(_disagree(each, other) for other in places)), None)
            if first is None:
                continue
            others = [each for each in places if _disagree(first, each)]
            yield Violation(
                self.code,
                self.level,
                f"`{name}` has two secret ids: {listing(reference_id(each) for each in (first, *others))}",
                first.place,
                related=related(others),
                help="give it the same id in every place",
            )

    def _ignored(self, context: CheckContext) -> Iterator[Violation]:
        """Mappings of one environment behind a parameter that asks for any."""
        mapped: defaultdict[str, list[Setting]] = defaultdict(list)
        for each in context.settings.of("mapped"):
            if each.kind == "python-mapping" and not each.environment:
                mapped[each.path].append(each)
        modules = {source.path: source for source in context.project.modules.values()}
        for path, found in mapped.items():
            environments = {environment_of_id(each.secret) for each in found}
            source, only = modules.get(path), environments.pop() if len(environments) == 1 else ""
            facts = context.library.get(source.name) if source and only else None
            if source is not None and isinstance(facts, ModuleFacts):
                for place, parameter in _deaf_functions(source, facts, {each.group for each in found}):
                    yield Violation(
                        self.code,
                        self.level,
                        f"the parameter `{parameter}` is ignored: every id of the mapping is of {only}",
                        place,
                        related=related(found[:1]),
                        help="choose the mapping by the environment, or take no parameter",
                    )
                    break


def _references(settings: Settings) -> list[Setting]:
    """The settings that are given a known secret; a bare list of ids gives none."""
    return [each for each in all_references(settings) if each.role != "required"]


def _foreign(settings: Settings) -> dict[tuple[str, str, str, str], list[Setting]]:
    """References to a secret of another environment, by place and by the two environments."""
    found: defaultdict[tuple[str, str, str, str], list[Setting]] = defaultdict(list)
    for each in _references(settings):
        other = environment_of_id(reference_id(each).partition("/")[0])
        if is_deployed(each.environment) and other and other != each.environment:
            found[each.path, each.group, each.environment, other].append(each)
    return found


def _siblings(settings: Settings, setting: Setting) -> list[Setting]:
    """One of the names that get their secret from the right environment, as an example."""
    right = (
        each
        for each in _references(settings)
        if each.path == setting.path and environment_of_id(each.secret) == setting.environment == each.environment
    )
    return [each for each, _ in zip(right, range(1), strict=False)]


def _disagree(first: Setting, second: Setting) -> bool:
    ids = reference_id(first), reference_id(second)
    environments = {environment_of_id(each) for each in ids}
    return ids[0] != ids[1] and first.agrees_in_place(second) and len(environments) == 1


def _deaf_functions(source: Source, facts: ModuleFacts, symbols: set[str]) -> Iterator[tuple[Site, str]]:
    """The functions that use a mapping, or are it, and never read the environment that they take."""
    last = {symbol.rpartition(".")[2] for symbol in symbols}
    for scope in facts.scopes:
        parameters = [each.name for each in scope.parameters if each.name in _PARAMETERS]
        if scope.kind != "function" or not parameters:
            continue
        nodes = [node for statement in scope.body for node in walk(statement)]
        names = {node.id for node in nodes if isinstance(node, Name)}
        used = names | {node.name for node in nodes if isinstance(node, Attribute)}
        if parameters[0] not in names | set(scope.captured) and (used & last or scope.name in last):
            yield Site(source.name, scope.at), parameters[0]
