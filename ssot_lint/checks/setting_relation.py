"""SSOT301."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice, product

from ssot_lint.checks.context import CheckContext
from ssot_lint.config.model import Relation
from ssot_lint.errors import ConfigurationError
from ssot_lint.findings import Level, Related, Violation
from ssot_lint.settings.environments import service_words
from ssot_lint.settings.model import Setting, Settings, may_be_same
from ssot_lint.settings.relations import Comparison, Reference, RelationError, parse_relation, seconds

_MOST_CHOICES = 200


class Rule:
    """Settings break a declared relation.

    ## What it does

    Computes the relations of the configuration and its packs, environment by environment, from environment files,
    deployments, flags of deploy commands, and the defaults in code. A setting that is known nowhere breaks nothing.

    ## Why is this bad?

    Timeouts that disagree close connections that are alive, or keep those that are dead.

    ## Example

        WEBSOCKET_CONNECTION_TIMEOUT=900        # config/staging.env
        gcloud run deploy backend --timeout=300

    ## Fix

    Change the value that is out of line.

    ## Options

        [[relations]]
        code = "SSOT301"
        source = "staging"      # a source; leave it out to compare every place
        expression = "2 * HEARTBEAT_INTERVAL <= HEARTBEAT_TIMEOUT <= 900 s"
    """

    code = "SSOT301"
    name = "setting-relation"
    level: Level = "warning"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """One violation for each comparison that does not hold, with all places that break it."""
        for relation in context.config.relations:
            try:
                comparisons = parse_relation(relation.expression)
            except RelationError as error:
                raise ConfigurationError(relation.origin, str(error)) from None
            for comparison in comparisons:
                self._check_names(context.settings, relation, comparison)
                if broken := _broken(context.settings, relation, comparison):
                    yield self._violation(relation, comparison, broken)

    @staticmethod
    def _check_names(settings: Settings, relation: Relation, comparison: Comparison) -> None:
        for reference in () if relation.optional else comparison.references():
            if not any(settings.named(name) for each in reference.names for name in _names(each, reference)):
                raise ConfigurationError(relation.origin, f"no setting is named `{'` or `'.join(reference.names)}`")

    def _violation(
        self, relation: Relation, comparison: Comparison, broken: dict[Reference, dict[Setting, None]]
    ) -> Violation:
        blamed = min(broken, key=lambda each: (not _is_flag(broken[each]), len(broken[each])))
        places = sorted(broken[blamed], key=lambda each: each.is_past)
        others = [*places[1:], *(each for other, found in broken.items() if other != blamed for each in found)]
        values = " and ".join(f"`{next(iter(found)).name}` is {_values(list(found))}" for found in broken.values())
        return Violation(
            self.code,
            relation.level or self.level,
            f"`{_shown(comparison, broken)}` does not hold: {values}",
            places[0].place,
            related=tuple(Related(each.place, f"`{each.name}` is {_values([each])} here") for each in others),
            origin=relation.origin,
            help=relation.why,
        )


def _broken(settings: Settings, relation: Relation, comparison: Comparison) -> dict[Reference, dict[Setting, None]]:
    """The settings for which the comparison does not hold in some environment, by what refers to them."""
    broken: defaultdict[Reference, dict[Setting, None]] = defaultdict(dict)
    references = comparison.references()
    known = {each: _candidates(settings, relation, each) for each in references}
    environments = {each.environment for found in known.values() for each in found}
    names = {name for each in references for name in each.names}
    reading = frozenset().union(
        *(service_words(each.path) for name in names for each in settings.named(name, ("read",)))
    )
    for environment in sorted(environments - {""}) or [""]:
        choices = [_in_force(known[each], environment, reading) for each in references]
        for chosen in islice(product(*choices), _MOST_CHOICES):
            if comparison.holds(dict(zip(references, chosen, strict=True))) is False:
                for reference, setting in zip(references, chosen, strict=True):
                    broken[reference][setting] = None
    return dict(broken)


def _candidates(settings: Settings, relation: Relation, reference: Reference) -> list[Setting]:
    """The settings that a reference may mean, with a known number: those of the relation's source, if it has any."""
    for name in reference.names:
        found = [
            each
            for possible in _names(name, reference)
            for each in settings.named(possible, ("set", "deployed", "read", "declared"))
            if each.number is not None and _is_in(each, reference.qualifier)
        ]
        own = [each for each in found if relation.source and each.source == relation.source]
        environments = {each.environment for each in settings if relation.source and each.source == relation.source}
        if found:
            near = [each for each in found if any(may_be_same(each.environment, other) for other in environments)]
            return own or (near if relation.source else found)
    return []


def _is_flag(settings: Iterable[Setting]) -> bool:
    return all(each.name.startswith("--") for each in settings)


def _names(name: str, reference: Reference) -> tuple[str, ...]:
    """`deploy.timeout` is the flag `--timeout` of a deployment."""
    return (name, f"--{name}") if reference.qualifier else (name,)


def _is_in(setting: Setting, qualifier: str) -> bool:
    places = (setting.source, setting.kind, setting.environment, setting.role, setting.service)
    return not qualifier or qualifier in places or (qualifier == "deploy" and setting.role == "deployed")


def _in_force(candidates: list[Setting], environment: str, reading: frozenset[str]) -> list[Setting]:
    """What counts in an environment: what is said of it, else what is said of all, else the code's defaults.

    `reading` are the words of the paths of what reads the settings that are compared.
    """
    said = [each for each in candidates if each.role != "read" and may_be_same(each.environment, environment)]
    own = [each for each in said if each.environment == environment]
    chosen = own or said or [each for each in candidates if each.role == "read"]
    if _is_flag(chosen):
        chosen = own + [each for each in said if each not in own]
    return _of_one_service(chosen, reading)


def _of_one_service(candidates: list[Setting], reading: frozenset[str]) -> list[Setting]:
    """Of several services the one whose name tells that it reads what is compared; of several such the largest value.

    Which of them a flag means can't be told.
    """
    services = {service_words(each.service) for each in candidates if each.service}
    if len(services) < 2:
        return candidates
    told = [each for each in candidates if service_words(each.service) & reading]
    largest = max(told or (each for each in candidates if each.service), key=lambda each: seconds(each) or 0.0)
    return [each for each in candidates if service_words(each.service) in {service_words(largest.service), frozenset()}]


def _shown(comparison: Comparison, broken: dict[Reference, dict[Setting, None]]) -> str:
    """The comparison with the names that were found in place of every `first(…)`."""
    names = {each.name for found in broken.values() for each in found}
    return re.sub(
        r"first\(([^)]*)\)", lambda match: next((n for n in re.findall(r"[\w-]+", match[1]) if n in names), match[0]),
        comparison.text,
    )  # fmt: skip


def _values(settings: list[Setting]) -> str:
    shown = dict.fromkeys(f"{each.number:g}{' s' if each.unit else ''}" for each in settings)
    return " or ".join(shown)
