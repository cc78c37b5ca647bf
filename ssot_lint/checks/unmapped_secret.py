"""SSOT201."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.lacking import lacking_violation, maps_secrets
from ssot_lint.findings import Level, Related, Violation
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
        for fault in context.lacking:
            known = any(e.speaks_of(name, where) for e in told for name in fault.names for where in fault.environments)
            if maps_secrets(fault) and not known:
                help_ = "map the name to the id of its secret"
                yield lacking_violation(self.code, self.level, fault, context.settings, help_=help_)
        for each in told:
            first, names = each.required[0], listing(setting.name for setting in each.required)
            service = f"the service `{first.service}` requires" if first.service else "is required:"
            where = f" of {' and '.join(each.environments)}" if each.environments else ""
            lacks = f"the mapping{where}: {says(each.mapping)}, but has no {names}"
            yield Violation(
                self.code,
                self.level if not each.injected else "warning",
                f"{service} {names}, which the mapping{where} in {each.mapping.path} lacks",
                first.place,
                related=(
                    *related(each.required[1:]),
                    Related(each.mapping.place, lacks),
                    *related(_elsewhere(context.settings, each)),
                    *related(each.injected),
                    *nearly(misspelt(context.settings, {one.name for one in each.required}, each.environments)),
                ),
                help="map the name to the id of its secret, or take it off the list",
            )


def _elsewhere(settings: Settings, lacking: Unmapped) -> list[Setting]:
    """Where such a name stands empty, or is mapped for another environment."""
    names = {each.name for each in lacking.required}
    return [
        each
        for name in sorted(names)
        for each in settings.named(name, ("set", "mapped"))
        if each.role == "mapped" or (each.value_state == "empty" and lacking.speaks_of(name, each.environment))
    ]
