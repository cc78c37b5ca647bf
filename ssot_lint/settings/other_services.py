"""Secrets that are, by their ids, of another service than the one that takes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ssot_lint.settings.environments import service_words, stem_of_id
from ssot_lint.settings.model import UNKNOWN, Setting, Settings
from ssot_lint.settings.provisioning import reference_id, references


def of_other_services(settings: Settings) -> Iterator[tuple[Setting, Setting, str]]:
    """What takes the secret of another service, a place of that one, and the id that it would have by its own name.

    It is said only where that one is created and nothing takes it: services may share a secret. Each fault comes once,
    where it is mapped, if it is.
    """
    given = [each for each in references(settings) if each.service and each.role in {"mapped", "deployed"}]
    words = _telling_words({each.service for each in given})
    taken = {stem_of_id(reference_id(each)) for each in references(settings)}
    free = {stem_of_id(each.secret) for each in settings.of("provisioned") if UNKNOWN not in each.secret} - taken
    told: set[tuple[str, str]] = set()
    for each in sorted(given, key=lambda each: each.role != "mapped") if free else ():
        stem, own = stem_of_id(reference_id(each)), words.get(each.service, "")
        parts = re.split(r"([^A-Za-z0-9]+)", stem)
        for other in given if own and own not in parts and (each.name, stem) not in told else ():
            named = words.get(other.service, "")
            meant = "".join(own if part == named else part for part in parts)
            is_theirs = other.name == each.name and stem_of_id(reference_id(other)) == stem
            if named != own and named in parts and is_theirs and meant in free:
                told.add((each.name, stem))
                yield each, other, meant
                break


def _telling_words(services: set[str]) -> Mapping[str, str]:
    """The one word of each service that tells it from the others; none where it takes several, or what they share."""
    words = {each: service_words(each) for each in services}
    shared = frozenset.intersection(*words.values()) if len(set(words.values())) > 1 else frozenset()
    several = {each: own - shared for each, own in words.items()}
    # `web` of a mapping is `shop-web` of a command.
    known = {next(iter(own)) for own in several.values() if len(own) == 1}
    left = {each: own & known if len(own) > 1 else own for each, own in several.items()}
    return {each: next(iter(own)) for each, own in left.items() if len(own) == 1}
