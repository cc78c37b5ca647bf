"""SSOT201."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.lacking import lacking_violation, maps_secrets
from ssot_lint.findings import Level, Related, Violation
from ssot_lint.settings.clashes import foreign
from ssot_lint.settings.lacks import Lacking
from ssot_lint.settings.mappings import Unmapped, unmapped
from ssot_lint.settings.model import Setting, Settings
from ssot_lint.settings.spelling import misspelt, nearly
from ssot_lint.settings.supply import listing, related, says


class Rule:
    """A service requires a secret that the mapping lacks.

    ## What it does

    Holds the lists of secrets that services require, and what the code needs that a service runs, against the mapping
    of names to secret ids, service by service and environment by environment. It speaks only where the mapping has most
    of such a list, and nothing else gives the secret; a secret that a deploy command injects and another environment's
    mapping has is a warning. Which code a service runs is told by the compose files, manifests and Dockerfiles of that
    name; where they don't, what the service is given in another environment counts.

    ## Why is this bad?

    What the mapping lacks is not injected. The service starts without the secret, or not at all.

    ## Example

        SERVICE_SECRETS = {"backend": ["JWT_SECRET_KEY", "LLM_API_KEY"]}
        SECRET_MAPPINGS = {"JWT_SECRET_KEY": "jwt-secret-staging"}

    ## Fix

    Map the name to the id of its secret, or take it off the list.

    ## Options

    A `[[sources]]` table with `kind = "python-mapping"` and a `symbol` names a mapping or a list that is not found.
    """

    code = "SSOT201"
    name = "unmapped-secret"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """One violation a list of one service."""
        told = unmapped(context.settings)
        foreigners = [setting for each in foreign(context.settings) for setting in each.settings]
        beside: defaultdict[int, list[Lacking]] = defaultdict(list)
        for fault in filter(maps_secrets, context.lacking):
            same = next((number for number, each in enumerate(told) if _is_beside(fault, each)), None)
            if same is not None:
                beside[same].append(fault)
            elif not _is_told(fault, told) and not _is_of_others(fault, foreigners):
                help_ = "map the name to the id of its secret"
                yield lacking_violation(self.code, self.level, fault, context.settings, help_=help_)
        for number, each in enumerate(told):
            first, names = each.required[0], listing(setting.name for setting in each.required)
            where = f" of {' and '.join(each.environments)}" if each.environments else ""
            lacks = f"the mapping{where}: {says(each.mapping)}, but has no {names}"
            own = {setting.name for setting in each.required}
            others = [name for fault in beside[number] for name in fault.names if name not in own]
            more = listing(others) if others else ""
            also = f"; it lacks {more} too, which the code asks for" if more else ""
            them, are = ("them", "are") if len(own) > 1 else ("it", "is")
            mapping = f"the mapping{where} in {each.mapping.path} lacks"
            services = list(dict.fromkeys(setting.service for setting in each.required if setting.service))
            noun, verb = ("services", "require") if len(services) > 1 else ("service", "requires")
            by_list = f"{names} {are} required, and {mapping} {them}"
            said = f"the {noun} {listing(services)} {verb} {names}, which {mapping}" if services else by_list
            yield Violation(
                self.code,
                self.level if not each.injected else "warning",
                f"{said}{also}",
                first.place,
                related=(
                    *related(each.required[1:]),
                    *related(read for fault in beside[number] for read in fault.reads),
                    Related(each.mapping.place, lacks),
                    *related(_elsewhere(context.settings, each)),
                    *related(each.injected),
                    *nearly(misspelt(context.settings, {one.name for one in each.required}, each.environments)),
                ),
                help="map the name to the id of its secret, or take it off the list",
            )


def _is_told(fault: Lacking, told: Collection[Unmapped]) -> bool:
    """Whether a list is told to require something of it."""
    return any(each.speaks_of(name, where) for each in told for name in fault.names for where in fault.environments)


def _is_beside(fault: Lacking, told: Unmapped) -> bool:
    """Whether what a service lacks is lacking in the mapping that a list of that service is told to be longer than."""
    services, environments = {each.service for each in told.required if each.service}, set(told.environments)
    return (
        bool(services)
        and all(each.service in services for each in fault.deployments)
        and (not environments or environments == set(fault.environments))
    )


def _is_of_others(fault: Lacking, foreigners: Collection[Setting]) -> bool:
    """Whether a service is given the mapping of another environment, which is told of as that."""
    given = {(each.service, each.environment) for each in foreigners}
    count = sum((each.service, each.environment) in given for each in fault.deployments)
    return count == len(fault.deployments) and len(foreigners) > len(fault.names)


def _elsewhere(settings: Settings, lacking: Unmapped) -> list[Setting]:
    """Where such a name stands empty, or is mapped for another environment."""
    names = {each.name for each in lacking.required}
    return [
        each
        for name in sorted(names)
        for each in settings.named(name, ("set", "mapped"))
        if each.role == "mapped" or (each.value_state == "empty" and lacking.speaks_of(name, each.environment))
    ]
