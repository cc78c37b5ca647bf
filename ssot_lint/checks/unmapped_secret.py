"""SSOT201."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ssot_lint.checks.context import CheckContext
from ssot_lint.findings import Level, Related, Violation
from ssot_lint.settings.model import Setting, Settings, may_be_same, may_be_same_service
from ssot_lint.settings.supply import listing, related, says, suppliers


class Rule:
    """A service requires a secret that the mapping lacks.

    ## What it does

    Holds the lists of secrets that services require against the mapping of names to secret ids, service by service and
    environment by environment. It speaks only where the mapping has most of such a list, and nothing else gives the
    secret.

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
        settings = context.settings
        mapped = settings.of("mapped")
        for required in _lists(settings).values():
            own = [each for each in mapped if _speaks_of(each, required[0])]
            names = {each.name for each in own}
            lacking = [each for each in required if each.name not in names and not _arrives(settings, each)]
            if not lacking or len({each.name for each in required}) < 2 * len({each.name for each in lacking}):
                continue
            service = f"the service `{required[0].service}` requires" if required[0].service else "is required:"
            yield Violation(
                self.code,
                self.level,
                f"{service} {listing(each.name for each in lacking)}, which the mapping in {own[0].path} lacks",
                lacking[0].place,
                related=(
                    *related(lacking[1:]),
                    Related(
                        own[0].place, f"the mapping: {says(own[0])}, but has no {listing(e.name for e in lacking)}"
                    ),
                ),
                help="map the name to the id of its secret, or take it off the list",
            )


def _lists(settings: Settings) -> dict[tuple[str, str, str, str], list[Setting]]:
    lists: defaultdict[tuple[str, str, str, str], list[Setting]] = defaultdict(list)
    for each in settings.of("required"):
        if each.secret:
            continue  # A list of ids; what it lacks is told with the other lists of ids.
        lists[each.path, each.group, each.service, each.environment].append(each)
    return lists


def _speaks_of(mapped: Setting, required: Setting) -> bool:
    return may_be_same(mapped.environment, required.environment) and may_be_same_service(
        mapped.service, required.service
    )


def _arrives(settings: Settings, required: Setting) -> bool:
    others = suppliers(settings, required.name, required.environment)
    return any(not each.is_pattern and (each.role != "mapped" or _speaks_of(each, required)) for each in others)
