"""What services lack where they are deployed, as the rules that speak of it say it."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_lint.findings import Level, Related, Violation
from ssot_lint.settings.lacks import Lacking
from ssot_lint.settings.model import Setting, Settings
from ssot_lint.settings.spelling import misspelt, nearly
from ssot_lint.settings.supply import listing, related, says


def maps_secrets(each: Lacking) -> bool:
    """Whether it is a mapping that lacks them, and not what a command, a manifest or a table injects."""
    return each.are_secrets and any(place.role in {"mapped", "required"} for place in each.deployments)


def lacking_violation(code: str, level: Level, each: Lacking, settings: Settings, *, help_: str) -> Violation:
    """One fault as a violation: it stands where the names would be added."""
    places = sorted(each.deployments, key=lambda place: place.role != "mapped")
    first = places[0]
    where = f" in {' and '.join(sorted(each.environments))}" if each.environments else ""
    does = "needs" if any(read.need == "required" for read in each.reads) else "reads"
    them = "it" if len(each.names) == 1 else "them"
    return Violation(
        code,
        level if each.is_sure else "warning",
        f"{_services(places)} {'lack' if len({place.service for place in places}) > 1 else 'lacks'} "
        f"{listing(each.names)}{where}: the code "
        f"{does} {them}, and {first.path} does not give {them}",
        first.place,
        related=(
            # Several services may be given the same place.
            *dict.fromkeys(Related(place.place, f"{says(place)}, but no {listing(each.names)}") for place in places),
            *related(each.reads),
            *related(each.elsewhere),
            *nearly(misspelt(settings, set(each.names), each.environments)),
        ),
        help=help_,
    )


def _services(places: Sequence[Setting]) -> str:
    names = list(dict.fromkeys(place.service for place in places if place.service))
    if not names:
        written = {"helm-values": "the chart", "env-template": "the template", "env-script": "the file written here"}
        return written.get(places[0].kind, "the mapping")
    return f"the service{'s' if len(names) > 1 else ''} {listing(names)}"
