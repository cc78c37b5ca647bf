"""Parts that are taken of secrets which do not have them, as violations."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.findings import Level, Related, Violation
from ssot_lint.settings.model import Settings
from ssot_lint.settings.provisioning import reference_id
from ssot_lint.settings.secret_parts import partless
from ssot_lint.settings.supply import listing


def without_parts(settings: Settings, code: str, level: Level) -> Iterator[Violation]:
    """One violation of a rule for each place, be it that of several environments."""
    places = {(each.taken.place, each.taken.secret.partition("#")[2]): each for each in partless(settings)}
    for (place, part), each in places.items():
        held = listing(each.created.parts)
        yield Violation(
            code,
            level,
            f"{listing([each.taken.name])} takes `{part}` of the secret `{reference_id(each.taken)}`, which has {held} "
            "alone" + (f"; is `{each.meant}` meant?" if each.meant else ""),
            place,
            related=(Related(each.created.place, f"creates it with {held}"),),
            help="take a part that it has, or put this one to it where it is created",
        )
