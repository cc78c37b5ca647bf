"""SSOT205."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from ssot_lint.checks.context import CheckContext
from ssot_lint.facts.model import Attribute, ModuleFacts, Name
from ssot_lint.facts.nested import walk
from ssot_lint.findings import Level, Related, Site, Violation
from ssot_lint.project.model import Source
from ssot_lint.settings.clashes import (
    borrowed,
    copied,
    doubled,
    foreign,
    misplaced,
    other_stems,
    swapped,
    two_ids,
    two_versions,
    written_out,
)
from ssot_lint.settings.environments import environment_of_id, words_of_environments
from ssot_lint.settings.mappings import usual_environment
from ssot_lint.settings.model import Setting, Settings
from ssot_lint.settings.other_services import of_other_services
from ssot_lint.settings.provisioning import reference_id, references, unprovisioned
from ssot_lint.settings.python_file import PART
from ssot_lint.settings.supply import listing, related

_MANY = 6
_Move: TypeAlias = tuple[str, str, str]
"""A kind of files, an environment, and the one that it is taken for by mistake."""
_PARAMETERS = frozenset({"environment", "env", "env_name", "environment_name", "target_environment"})


class Rule:
    """Two places give the same name different secret ids, or an id of another environment.

    ## What it does

    Compares the secret ids that mappings, deploy commands and exported services give to one name, within one service
    and environment, and the environment that an id tells by its name with the one that it is used for, or that the
    other ids of its mapping tell. The place that is out of line is named. Several names for one secret are fine; two
    names of which each has the secret that is named like the other are not. A function that takes an `environment`,
    ignores it, and hands out a mapping of one environment is told of once. So is a variable such as `STAGE`, or a
    project, that names another environment than the one it is given to, where others there name the right one, an
    address or the like that says it is of staging and is given to production, where staging has such a one too,
    and a place that takes another version of a secret than the other services do. An id with an environment written
    out, in a place whose other ids get theirs when it is used, is told where it is not the only such secret there is.

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
        exchanged = swapped(settings)
        told = {setting for pair in exchanged for setting in pair}
        wrong = list(misplaced(settings))
        # Of what names another environment for all of Terraform, ids and values of that one follow.
        moved = {(place.kind, place.environment, place.tells) for place, _ in wrong if place.kind == "terraform"}
        yield from self._foreign(settings, moved)
        yield from self._two_ids(settings, told)
        yield from self._swapped(exchanged)
        yield from self._copied(settings, told)
        yield from self._of_others(settings)
        yield from self._doubled(settings)
        yield from self._written_out(settings)
        yield from self._two_versions(settings)
        yield from self._misplaced(wrong)
        yield from self._borrowed(settings, moved)
        yield from self._odd(settings)
        yield from self._ignored(context)

    def _foreign(self, settings: Settings, moved: Collection[_Move]) -> Iterator[Violation]:
        """Ids of another environment, those of one place together."""
        for each in foreign(settings):
            if (each.settings[0].kind, each.environment, each.other) in moved:
                continue
            identifiers = dict.fromkeys(map(reference_id, each.settings))
            ids, names = _few(identifiers), _few(dict.fromkeys(setting.name for setting in each.settings))
            gets = "get" if len({setting.name for setting in each.settings}) > 1 else "gets"
            which = "which are of {} by their names" if len(identifiers) > 1 else "which is of {} by its name"
            yield Violation(
                self.code,
                self.level,
                f"{names} of {each.environment} {gets} {ids}, {which.format(each.other)}",
                each.settings[0].place,
                related=related([*each.settings[1:], *each.others, *_siblings(settings, each.settings[0])]),
                help=f"use the secret of {each.environment}",
            )

    def _two_ids(self, settings: Settings, told: Collection[Setting]) -> Iterator[Violation]:
        """Names with two ids, but those that are told of."""
        for clash in (each for each in two_ids(settings) if not each.lags and each.outlier not in told):
            ids = listing(map(reference_id, (clash.outlier, *clash.others)))
            missing = f"; nothing creates `{reference_id(clash.outlier)}`" if clash.is_missing else ""
            yield Violation(
                self.code,
                "error" if clash.is_missing else self.level,
                f"`{clash.outlier.name}` has two secret ids: {ids}{missing}",
                clash.outlier.place,
                related=related(clash.others),
                help="give it the same id in every place",
            )

    def _swapped(self, exchanged: Iterable[tuple[Setting, Setting]]) -> Iterator[Violation]:
        """Pairs of names of which each has the other's secret, wherever they have."""
        pairs: defaultdict[tuple[str, str, str], list[Setting]] = defaultdict(list)
        for first, second in exchanged:
            pairs[first.path, first.name, second.name] += [first, second]
        for (_, name, other), places in pairs.items():
            yield Violation(
                self.code,
                self.level,
                f"`{name}` and `{other}` have each other's secret",
                places[0].place,
                related=related(places[1:]),
                help="give each the secret of its name",
            )

    def _copied(self, settings: Settings, told: Collection[Setting]) -> Iterator[Violation]:
        """Names with the id of a neighbour, though their own is there."""
        for place, neighbour, own in copied(settings):
            if place not in told:
                yield Violation(
                    self.code,
                    self.level,
                    f"`{place.name}` gets `{reference_id(place)}`, the secret of `{neighbour.name}`, and not `{own}`",
                    place.place,
                    related=related([neighbour, *(each for each in settings.of("provisioned") if each.secret == own)]),
                    help="give it the secret of its name",
                )

    def _of_others(self, settings: Settings) -> Iterator[Violation]:
        """Services that take the secret of another one, though their own is there."""
        for place, other, own in of_other_services(settings):
            yield Violation(
                self.code,
                self.level,
                f"`{place.name}` of `{place.service}` gets `{reference_id(place)}`, the secret of `{other.service}`, "
                f"and not `{own}`, which nothing takes",
                place.place,
                related=related([other]),
                help="give it the secret of its service",
            )

    def _written_out(self, settings: Settings) -> Iterator[Violation]:
        """Ids with an environment written out, where the others get theirs when they are used."""
        for place in written_out(settings):
            yield Violation(
                self.code,
                self.level,
                f"`{place.name}` gets `{reference_id(place)}` in every environment; the other ids here change with it",
                place.place,
                help="take the secret of the environment, as the others do",
            )

    def _two_versions(self, settings: Settings) -> Iterator[Violation]:
        """Places that take another version of a secret than the others."""
        for place, others in two_versions(settings):
            yield Violation(
                self.code,
                self.level,
                f"`{place.name}` takes version {place.version} of `{reference_id(place)}`, and "
                f"{others[0].service or others[0].path} takes {others[0].version}",
                place.place,
                related=tuple(Related(each.place, f"takes version {each.version}") for each in others),
                help="take the same version in every place",
            )

    def _misplaced(self, wrong: Iterable[tuple[Setting, list[Setting]]]) -> Iterator[Violation]:
        """Variables and projects that name another environment than the one that they are given to.

        All services of Terraform have the same variable.
        """
        faults: defaultdict[object, list[tuple[Setting, list[Setting]]]] = defaultdict(list)
        for place, right in wrong:
            is_shared = place.kind == "terraform"
            faults[(place.environment, place.tells, place.name) if is_shared else place].append((place, right))
        for (place, right), *more in faults.values():
            others = dict.fromkeys((*right, *(one for each, also in more for one in (each, *also))))
            yield Violation(
                self.code,
                self.level,
                f"`{place.name}` of {place.environment} names {place.tells} here",
                place.place,
                related=tuple(Related(each.place, f"`{each.name}` names {each.tells} here") for each in others),
                help=f"name {place.environment}, or deploy this to {place.tells}",
            )

    def _borrowed(self, settings: Settings, moved: Collection[_Move]) -> Iterator[Violation]:
        """Values of another environment, those of one place together."""
        taken: defaultdict[tuple[str, str, str], list[tuple[Setting, list[Setting]]]] = defaultdict(list)
        for place, others in borrowed(settings):
            if (place.kind, place.environment, others[0].environment) not in moved:
                taken[place.path, place.environment, others[0].environment].append((place, others))
        for (_, environment, other), faults in taken.items():
            yield Violation(
                self.code,
                self.level,
                f"{listing(place.name for place, _ in faults)} of {environment} {'have' if len(faults) > 1 else 'has'} "
                f"a value of {other}",
                faults[0][0].place,
                related=(
                    *related([place for place, _ in faults[1:]]),
                    *(Related(one.place, f"`{one.name}` of {other}") for _, others in faults for one in others),
                ),
                help=f"give it the value of {environment}",
            )

    def _odd(self, settings: Settings) -> Iterator[Violation]:
        """Ids that are not, but for the environment, those of another environment, as nearly all beside them are."""
        unknown = {one for each in unprovisioned(settings) for one in each.references}
        places: defaultdict[tuple[str, str, str], list[tuple[Setting, Setting]]] = defaultdict(list)
        for one, usual in other_stems(settings):
            if one not in unknown and usual not in unknown:
                places[one.path, one.group, usual.path].append((one, usual))
        for pairs in places.values():
            odd, others = [one for one, _ in pairs], [usual for _, usual in pairs]
            verb, ids, elsewhere = "get" if len(odd) > 1 else "gets", map(reference_id, odd), map(reference_id, others)
            yield Violation(
                self.code,
                self.level,
                f"{listing(one.name for one in odd)} {verb} {listing(ids)} here and {listing(elsewhere)} in "
                "another environment; the other ids differ in the environment alone",
                odd[0].place,
                related=related([*odd[1:], *others]),
                help="give the secrets of all environments the same name but for the environment",
            )

    def _ignored(self, context: CheckContext) -> Iterator[Violation]:
        """Mappings of one environment behind a parameter that asks for any."""
        mapped: defaultdict[str, defaultdict[str, list[Setting]]] = defaultdict(lambda: defaultdict(list))
        for each in context.settings.of("mapped"):
            if each.kind == "python-mapping":
                mapped[each.path][each.group].append(each)
        modules = {source.path: source for source in context.project.modules.values()}
        for path, groups in mapped.items():
            source = modules.get(path)
            of_one = any(_environment_of(found) for found in groups.values())
            facts = context.library.get(source.name) if source and of_one else None
            if source is None or not isinstance(facts, ModuleFacts):
                continue
            for place, parameter, mapping in _deaf_functions(source, facts, groups):
                yield Violation(
                    self.code,
                    self.level,
                    f"the parameter `{parameter}` is ignored: the ids of the mapping are of {_environment_of(mapping)}",
                    place,
                    related=related(mapping[:1]),
                    help="choose the mapping by the environment, or take no parameter",
                )
                break

    def _doubled(self, settings: Settings) -> Iterator[Violation]:
        """What takes the part of a secret that its neighbour takes."""
        for place, neighbour in doubled(settings):
            detail = place.secret.partition("#")[2]
            yield Violation(
                self.code,
                self.level,
                f"`{place.name}` gets `{detail}` of its secret, as `{neighbour.name}` does",
                place.place,
                related=related([neighbour]),
                help="give it the part that is named like it",
            )


def _few(names: Collection[str]) -> str:
    """The names; of many the first, and how many more there are."""
    shown = [f"`{each}`" for each in names]
    return listing(names) if len(shown) <= _MANY else f"{', '.join(shown[:3])} and {len(shown) - 3} more"


def _siblings(settings: Settings, setting: Setting) -> list[Setting]:
    """One of the names that get their secret from the right environment, as an example."""
    right = (
        each
        for each in references(settings)
        if each.role != "required"
        and each.path == setting.path
        and environment_of_id(each.secret) == setting.environment == each.environment
    )
    return [each for each, _ in zip(right, range(1), strict=False)]


def _deaf_functions(
    source: Source, facts: ModuleFacts, groups: Mapping[str, list[Setting]]
) -> Iterator[tuple[Site, str, list[Setting]]]:
    """The functions that use mappings, or are one, all of one environment, and never read the one that they take."""
    open_groups = {group: found for group, found in groups.items() if not words_of_environments(group)}
    for scope in facts.scopes:
        parameters = [each.name for each in scope.parameters if each.name in _PARAMETERS]
        if scope.kind != "function" or not parameters:
            continue
        nodes = [node for statement in scope.body for node in walk(statement)]
        names = {node.id for node in nodes if isinstance(node, Name)}
        used = names | {node.name for node in nodes if isinstance(node, Attribute)} | {scope.name}
        mapped = [
            each
            for group, found in open_groups.items()
            if group.partition(PART)[0].rpartition(".")[2] in used
            for each in found
        ]
        if _environment_of(mapped) and parameters[0] not in names | set(scope.complete().captured):
            yield Site(source.name, scope.at), parameters[0], mapped


def _environment_of(mapping: list[Setting]) -> str:
    """The environment that the ids of a mapping tell, all or nearly all of them; empty where they tell none."""
    told = {environment_of_id(each.secret) for each in mapping}
    return told.pop() if len(told) == 1 else usual_environment(mapping)
