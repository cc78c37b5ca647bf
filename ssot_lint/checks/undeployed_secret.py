"""SSOT202."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias

from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.lacking import lacking_violation, maps_secrets
from ssot_lint.checks.secret_parts import without_parts
from ssot_lint.findings import Level, Related, Violation
from ssot_lint.settings.clashes import foreign, two_ids
from ssot_lint.settings.env_from import misspelt, renamed
from ssot_lint.settings.environments import environment_of_id, stem_of_id, words_of_environments
from ssot_lint.settings.lacks import Code
from ssot_lint.settings.mentions import imports_from, loads_from_store
from ssot_lint.settings.model import UNKNOWN, Setting, Settings
from ssot_lint.settings.outside import is_known_outside
from ssot_lint.settings.provisioning import (
    IdList,
    Missing,
    alone,
    behind,
    left_out,
    reference_id,
    references,
    stands_empty,
    unprovisioned,
)
from ssot_lint.settings.spelling import ALIKE
from ssot_lint.settings.supply import gives_value, listing, related, says
from ssot_lint.settings.without_secrets import WithoutSecrets, without_secrets

_FEW_NAMES = 8
_Fault: TypeAlias = tuple[tuple[str, ...], bool, Setting | None]
"""The names, whether a list requires them, and what is meant."""


class Rule:
    """A mapped secret that the deployed inventory, the infrastructure code or the deploy command lacks.

    ## What it does

    Follows every secret id that a mapping, a deploy command or a manifest refers to, to the places that create
    secrets or list what exists: Terraform, `gcloud secrets create`, inventories, `Secret` and `ExternalSecret`
    objects. And it holds what a mapping has for a service, and what its code needs, against what the deploy command
    injects into it; a service that a command hands variables and no secrets at all is told of where other commands
    hand over secrets. A place counts only where it has at least half of what it is compared with: then it is meant to
    have the rest. An environment of which nothing creates any secret, where those of another one are created, is a
    warning. A key of JSON that is taken of a secret must be among those with which Terraform creates it.

    ## Why is this bad?

    A deployment that refers to a secret that does not exist fails, or the service starts without it.

    ## Example

        SECRET_MAPPINGS = {
            "JWT_SECRET_KEY": "jwt-secret-staging",          # in terraform/secrets.tf
            "E2E_OAUTH_KEY": "e2e-oauth-key-staging",        # created by nothing
        }

    ## Fix

    Create the secret where the others are created, or take it out of the mapping.

    ## Options

    `[[sources]]` with `kind = "inventory"` names a file that lists what is deployed, one id a line.
    """

    code = "SSOT202"
    name = "undeployed-secret"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """One violation for all secrets of one place that the same lists lack."""
        settings = context.settings
        told = _told_of_ids(settings)
        yield from self._nowhere(settings, told)
        for missing in left_out(settings):
            fresh = [each for each in missing.references if reference_id(each) not in told]
            told.update(map(reference_id, fresh))
            if fresh:
                yield self._left_out(Missing(tuple(fresh), missing.lists))
        lacked = {name for each in context.lacking for name in each.names}
        # What nothing creates in one environment, and one list alone lacks in another, is one fault.
        stems = {stem_of_id(each) for each in told}
        for missing in behind(settings):
            ids = {each: reference_id(each) for each in missing.references}
            fresh = [each for each, own in ids.items() if own not in told and stem_of_id(own) not in stems]
            fresh = [each for each in fresh if each.kind != "kubernetes" or _is_of_use(settings, each, lacked)]
            if fresh:
                yield self._behind(Missing(tuple(fresh), missing.lists))
        clashing = {reference_id(each.outlier) for each in two_ids(settings)}
        for missing in alone(settings):
            fresh = [each for each in missing.references if reference_id(each) not in told | clashing]
            told.update(map(reference_id, fresh))
            if fresh:
                yield self._alone(Missing(tuple(fresh), missing.lists), settings)
        # What another service's code needs was moved to this one by mistake, and is told of as missing there.
        moved = {name for each in context.lacking if maps_secrets(each) for name in each.names}
        yield from self._not_injected(settings, told, moved)
        yield from self._misnamed(settings)
        yield from without_parts(settings, self.code, self.level)

        def is_meant(place: Setting, mapped: Setting) -> bool:
            return imports_from(context.project, place.path, mapped.path) and not loads_from_store(context.project)

        for bare in without_secrets(settings, Code(settings, context.library), is_meant=is_meant):
            yield self._without_secrets(bare)
        for each in context.lacking:
            if each.are_secrets and not maps_secrets(each):
                yield lacking_violation(self.code, self.level, each, settings, help_="inject it here too")

    def _misnamed(self, settings: Settings) -> Iterator[Violation]:
        """Objects of Kubernetes that are taken under one name and made under nearly the same."""
        for taken, made in misspelt(settings):
            yield Violation(
                self.code,
                self.level,
                f"`{taken.service}` takes all of `{taken.group}`, which nothing creates",
                taken.place,
                related=(Related(made.place, f"is `{made.group}` meant?"),),
                help="name an object that is there, or create this one",
            )

        for group, made in renamed(settings):
            yield Violation(
                self.code,
                self.level,
                f"{made.environment} makes `{made.group}`, and {listing(sorted(settings.takers[group]))} "
                f"take{'' if len(settings.takers[group]) > 1 else 's'} all of `{group}`",
                made.place,
                help="give it the name that is taken, as the other environments do",
            )

    def _nowhere(self, settings: Settings, told: set[str]) -> Iterator[Violation]:
        """What nothing creates; the ids are added to those that are told of."""
        # The same names in another environment are the same fault.
        meant: dict[object, Setting] = {}  # the first environment's stands for those of the others
        faults: defaultdict[_Fault, list[Setting]] = defaultdict(list)
        lists: defaultdict[_Fault, dict[IdList, None]] = defaultdict(dict)
        for missing in sorted(unprovisioned(settings), key=lambda each: each.references[0].role != "mapped"):
            ids = {each: reference_id(each) for each in missing.references}
            fresh = [each for each, own in ids.items() if told.isdisjoint((own, stem_of_id(own)))]
            told.update(map(reference_id, fresh))
            for alike, found in _by_meaning(fresh, missing, settings).items():
                objects = _objects(settings, found)
                names = objects or tuple(sorted({each.name for each in found}))
                first = meant.setdefault((alike.place, stem_of_id(alike.secret)), alike) if alike else None
                key = names, found[0].role == "required", None if objects else first
                faults[key] += found
                lists[key] |= dict.fromkeys(missing.lists)
        for key, found in faults.items():
            found.sort(key=lambda each: not stands_empty(settings, each))  # what a file waits for is what matters
            yield self._never_created(Missing(tuple(found), tuple(lists[key])), settings, key[2])

    def _never_created(self, missing: Missing, settings: Settings, meant: Setting | None) -> Violation:
        first = missing.references[0]
        identifiers = {reference_id(each) for each in missing.references}
        names = {each.name for each in missing.references}
        others = [
            each
            for each in settings
            if each not in missing.references
            and each.agrees_in_place(first)
            and (reference_id(each) in identifiers or (each.name in names and each.value_state == "empty"))
        ]
        reads = [each for name in sorted(names) for each in settings.named(name, ("read",)) if each.kind == "code"]
        paths = dict.fromkeys(each.path for each in missing.lists)
        lists = f"{listing(paths)} {'lack' if len(paths) > 1 else 'lacks'} {'it' if len(identifiers) == 1 else 'them'}"
        return Violation(
            self.code,
            self.level if first.role != "required" else "warning",
            f"{_what(missing.references)}, which nothing creates: {lists}",
            first.place,
            related=(
                *related(missing.references[1:]),
                *([Related(meant.place, f"is `{meant.secret}` meant?")] if meant else ()),
                *(_lacks(each, identifiers) for each in missing.lists),
                *related(others),
                *related(reads),
            ),
            help="create the secret where the others are created, or take it out of here",
        )

    def _left_out(self, missing: Missing) -> Violation:
        environment = environment_of_id(reference_id(missing.references[0]))
        names = listing(each.name for each in missing.references)
        lists = listing(each.path for each in missing.lists)
        return Violation(
            self.code,
            "warning",
            f"nothing creates the secrets of {environment}: {names}; {lists} creates those of other environments",
            missing.references[0].place,
            related=(
                *related(missing.references[1:]),
                *(_lacks(each, set(map(reference_id, missing.references))) for each in missing.lists),
            ),
            help=f"create them for {environment} too, or stop deploying it",
        )

    def _behind(self, missing: Missing) -> Violation:
        (outlier,) = missing.lists
        identifiers = dict.fromkeys(map(reference_id, missing.references))
        return Violation(
            self.code,
            "warning",
            f"{outlier.path} lacks {listing(identifiers)}, which the other lists of secrets have",
            outlier.entries[0].place,
            related=related(missing.references),
            help="add it here, or run what creates it and list again",
        )

    def _alone(self, missing: Missing, settings: Settings) -> Violation:
        is_awaited = any(stands_empty(settings, each) for each in missing.references)
        return Violation(
            self.code,
            self.level if is_awaited else "warning",
            f"{_what(missing.references)}, which no other place has: {listing(each.path for each in missing.lists)} "
            f"{'have' if len(missing.lists) > 1 else 'has'} the others",
            missing.references[0].place,
            related=(
                *related(missing.references[1:]),
                *(_lacks(each, set(map(reference_id, missing.references))) for each in missing.lists),
            ),
            help="create the secret if it is not there, and name it in the other places too",
        )

    def _without_secrets(self, bare: WithoutSecrets) -> Violation:
        services = list(dict.fromkeys(each.service for each in bare.services))
        deployments = f"the deployment{'s' if len(services) > 1 else ''} of {listing(services)}"
        return Violation(
            self.code,
            self.level if bare.handing else "warning",  # it may be done by hand
            f"{deployments} {'are' if len(services) > 1 else 'is'} handed variables and no secrets: the code needs "
            f"{listing(each.name for each in bare.mapped)}, which {bare.mapped[0].path} maps",
            bare.command.place,
            related=(
                *related(each for each in bare.services if each != bare.command),
                *related(bare.mapped),
                *_handing(bare.handing),
            ),
            help="hand them over here too, with `--set-secrets`",
        )

    def _not_injected(self, settings: Settings, told: set[str], moved: set[str]) -> Iterator[Violation]:
        deployments = _deployments(settings)
        seen: set[tuple[object, ...]] = set()  # one command may deploy to several environments
        for deployed in deployments.values():
            first, names = deployed[0], {each.name for each in deployed}
            if UNKNOWN in names:
                continue
            mapped = [each for each in settings.of("mapped") if each.service and each.agrees_in_place(first)]
            # What another deployment of the service injects is missed here only if the code can't do without it.
            others = [
                each
                for other in deployments.values()
                for each in other
                if other is not deployed
                and each.secret
                and each.agrees_in_place(first)
                and _is_required(settings, each, first.environment)
            ]
            for expected in (mapped, others, list(_required_of(settings, first))):
                lacking = [
                    each
                    for each in expected
                    if each.name not in names | moved
                    and reference_id(each) not in told
                    and _is_of(each.name, first.environment)
                    and _is_read(settings, each.name, first.environment)
                ]
                wanted = {each.name for each in expected}
                if lacking and len(wanted & names) * 2 >= len(wanted):
                    names |= wanted
                    made = (each for each in settings.of("deployed") if not each.is_past)
                    is_past = first.is_past and any(each.agrees_in_place(first) for each in made)
                    fault = (first.place, *sorted({each.name for each in lacking}))
                    if fault in seen:
                        continue
                    seen.add(fault)
                    yield self._lacking(settings, first, lacking, is_past=is_past)

    def _lacking(self, settings: Settings, deployed: Setting, lacking: list[Setting], *, is_past: bool) -> Violation:
        level = self.level if any(_is_required(settings, each, deployed.environment) for each in lacking) else "warning"
        does = {"mapped": "maps for it", "required": "requires of it"}.get(lacking[0].role, "injects into it")
        return Violation(
            self.code,
            "note" if is_past else level,  # the next deployment may bring it
            f"the deployment of `{deployed.service}` does not inject {listing(each.name for each in lacking)}, "
            f"which {lacking[0].path} {does}",
            deployed.place,
            related=related(lacking),
            help="inject it here too, or take it out of the mapping"
            if lacking[0].role == "mapped"
            else "inject it here too",
        )


def _handing(handing: Setting | None) -> Iterator[Related]:
    if handing is not None:
        yield Related(handing.place, f"hands secrets to {handing.service or 'other services'}")


def _objects(settings: Settings, found: list[Setting]) -> tuple[str, ...]:
    """The objects of Kubernetes that references are to, if nothing creates these: then all their keys are one fault."""
    named = {each.secret.partition("/")[0] for each in found if each.kind == "kubernetes" and each.role == "deployed"}
    made = {each.group for each in settings.of("provisioned") if each.kind == "kubernetes"} if named else set()
    return tuple(sorted(named)) if named and named.isdisjoint(made) else ()


def _is_of_use(settings: Settings, reference: Setting, lacked: set[str]) -> bool:
    """Whether code reads what a workload takes of an object, and what it is not told of that it lacks."""
    names = {one.name for one in settings.of("deployed") if one.secret == reference.secret}
    is_told = any(name in lacked or difflib.get_close_matches(name, lacked, 1, ALIKE) for name in names)
    return not is_told and any(_is_read(settings, name, "") for name in names)


def _is_of(name: str, environment: str) -> bool:
    """Whether a name may be of an environment, as `JWT_SECRET_STAGING` is of staging alone."""
    return not environment or words_of_environments(name) <= {environment}


def _is_read(settings: Settings, name: str, environment: str) -> bool:
    """Whether something reads a name there, if anything reads any: what nothing reads is told of for that."""
    reading = [each for each in settings.named(name, ("read", "required")) if each.may_be_in(environment)]
    return bool(reading) or is_known_outside(name) or not any(each.kind == "code" for each in settings.of("read"))


def _required_of(settings: Settings, deployed: Setting) -> Iterator[Setting]:
    """What a list requires of a deployed service, and a mapping has for it: there it can come from nothing else."""
    mapped = {each.name for each in settings.of("mapped") if each.agrees_in_place(deployed)}
    for each in settings.of("required"):
        if each.service and not each.secret and each.name in mapped and each.agrees_in_place(deployed):
            given = (one for one in settings.named(each.name, ("set",)) if one.agrees_in_place(deployed))
            if not any(gives_value(one) and one.environment for one in given):
                yield each


def _told_of_ids(settings: Settings) -> set[str]:
    """The ids that SSOT205 tells of: an id that is out of line need not be told of again for not being there.

    A command that is run for several environments has one for each in the same place.
    """
    clashing = {(each.outlier.name, each.outlier.place) for each in two_ids(settings) if each.is_missing or each.lags}
    outliers = [each for each in references(settings) if (each.name, each.place) in clashing] if clashing else []
    return {reference_id(each) for each in (*outliers, *(one for each in foreign(settings) for one in each.settings))}


def _by_meaning(found: list[Setting], missing: Missing, settings: Settings) -> dict[Setting | None, list[Setting]]:
    """The references by the secret that each means: one of nearly that name which exists and nothing refers to."""
    used = set(map(reference_id, references(settings)))
    entries = (one for each in missing.lists for one in each.entries if one.secret not in used)
    unused: dict[str, Setting] = {}
    for one in entries:
        unused.setdefault(stem_of_id(one.secret), one)
    meant: defaultdict[Setting | None, list[Setting]] = defaultdict(list)
    for each in found:
        nearest = difflib.get_close_matches(stem_of_id(reference_id(each)), unused, 1, ALIKE)
        meant[unused[nearest[0]] if nearest else None].append(each)
    return meant


def _what(missing: tuple[Setting, ...]) -> str:
    named = dict.fromkeys(map(reference_id, missing))
    identifiers = f"secret{'s' if len(named) > 1 else ''} {listing(named)}"
    if missing[0].role == "required":
        return f"here {'stands' if len(named) == 1 else 'stand'} the {identifiers}"
    names = list(dict.fromkeys(each.name for each in missing))
    verb = "are" if len(names) > 1 else "is"
    how = "mapped to" if missing[0].role == "mapped" else "filled from"
    # The places beside the message say which secret each of many has.
    what = f"the {identifiers}" if len(named) <= _FEW_NAMES else f"{len(named)} secrets"
    return f"{listing(names)} {verb} {how} {what}"


def _lacks(ids: IdList, identifiers: set[str]) -> Related:
    first = ids.entries[0]
    return Related(first.place, f"{says(first)} and others, but not {listing(sorted(identifiers))}")


def _deployments(settings: Settings) -> dict[tuple[str, str, str], list[Setting]]:
    """What each service is handed, by the place that hands it over; only those with secrets among it."""
    groups: defaultdict[tuple[str, str, str], list[Setting]] = defaultdict(list)
    for each in settings.of("deployed"):
        if each.service and not each.name.startswith("--") and each.kind != "kubernetes":
            groups[each.path, each.service, each.environment].append(each)
    return {key: each for key, each in groups.items() if any(setting.secret for setting in each)}


def _is_required(settings: Settings, mapped: Setting, environment: str) -> bool:
    reads = settings.named(mapped.name, ("read", "required"))
    return any(each.role == "required" or (each.need == "required" and each.may_be_in(environment)) for each in reads)
