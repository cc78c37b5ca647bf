"""SSOT301."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from ssot_lint.checks.context import CheckContext
from ssot_lint.config.model import Relation
from ssot_lint.errors import ConfigurationError
from ssot_lint.findings import Level, Related, Violation
from ssot_lint.settings.environments import service_words
from ssot_lint.settings.model import Role, Setting, Settings, may_be_same
from ssot_lint.settings.ports import Deaf, deaf
from ssot_lint.settings.relations import NAMED_UNITS, Comparison, Reference, RelationError, parse_relation, seconds
from ssot_lint.settings.supply import listing
from ssot_lint.settings.units import in_other_units

_MOST_CHOICES = 200


class Rule:
    """Settings break a declared relation.

    ## What it does

    Computes the relations of the configuration and its packs, environment by environment, from environment files,
    deployments, flags of deploy commands, and the defaults in code. A setting that is known nowhere breaks nothing.
    One relation needs no configuration: where an image listens at a port that is written out, requests to it must go
    to that port, be they sent by a deployment (`--port`) or published by a compose file.

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
        """One violation for each value that breaks comparisons, with all places that do."""
        faults: defaultdict[tuple[Setting, Level], list[_Fault]] = defaultdict(list)
        in_milliseconds = {place for place, _ in in_other_units(context.settings)}  # SSOT210 tells of it
        for relation in context.config.relations:
            try:
                comparisons = parse_relation(relation.expression)
            except RelationError as error:
                raise ConfigurationError(relation.origin, str(error)) from None
            for comparison in comparisons:
                self._check_names(context.settings, relation, comparison)
                broken = _broken(context.settings, relation, comparison)
                if broken and not any(in_milliseconds & found.keys() for found in broken.values()):
                    fault = _Fault(relation, comparison, broken)
                    faults[fault.places[0], relation.level or self.level].append(fault)
        for (place, level), found in faults.items():
            yield self._violation(place, level, found)
        yield from map(self._deaf, deaf(context.project, context.settings, context.library))

    def _deaf(self, fault: Deaf) -> Violation:
        """An image that does not listen where requests go; where no place is right, the image is to be mended."""
        listening, (_, _, first) = fault.listening, fault.places[0]
        services = list(dict.fromkeys(service for service, _, _ in fault.places))
        listens, them = ("listen", "them") if len(services) > 1 else ("listens", "it")
        ports = " and ".join(dict.fromkeys(str(port) for _, port, _ in fault.places))
        sent = [Related(place, f"requests to `{service}` go to {port}") for service, port, place in fault.places]
        is_alone = fault.is_deployed and not fault.others and len(sent) > 1
        compared = sent if is_alone else [Related(listening.place, f"listens at {listening.port}"), *sent[1:]]
        return Violation(
            self.code,
            "error" if fault.is_deployed else self.level,
            f"{listing(services)} {listens} at port {listening.port}, and requests to {them} go to {ports}",
            listening.place if is_alone else first,
            certainty="likely",
            related=(*compared, *(Related(each, f"here they go to {listening.port}") for each in fault.others)),
            help="let both be the same port" + (", or listen at `$PORT`" if fault.is_deployed else ""),
        )

    @staticmethod
    def _check_names(settings: Settings, relation: Relation, comparison: Comparison) -> None:
        for reference in () if relation.optional else comparison.references():
            if not any(_named(settings, name, reference) for name in reference.names):
                raise ConfigurationError(relation.origin, f"no setting is named `{'` or `'.join(reference.names)}`")

    def _violation(self, place: Setting, level: Level, faults: list[_Fault]) -> Violation:
        others = dict.fromkeys(one for each in faults for one in (*each.places, *each.others) if one != place)
        first = faults[0]
        return Violation(
            self.code,
            level,
            "; ".join(each.message for each in faults),
            place.place,
            related=tuple(Related(each.place, f"`{each.name}` is {_values([each])} here") for each in others),
            origin=first.relation.origin,
            help=" ".join(dict.fromkeys(filter(None, (each.relation.why for each in faults)))),
        )


@dataclass
class _Fault:
    """A comparison that does not hold for some settings, by what refers to them."""

    relation: Relation
    comparison: Comparison
    broken: dict[Reference, dict[Setting, None]]

    @property
    def _blamed(self) -> Reference:
        return min(self.broken, key=lambda each: (not _is_flag(self.broken[each]), len(self.broken[each])))

    @property
    def places(self) -> list[Setting]:
        """The settings that are out of line, the one to edit first."""
        return sorted(self.broken[self._blamed], key=lambda each: each.is_past)

    @property
    def others(self) -> list[Setting]:
        """Those that they are compared with."""
        return [each for other, found in self.broken.items() if other != self._blamed for each in found]

    @property
    def message(self) -> str:
        """What does not hold, and with which values."""
        known = (f"`{next(iter(found)).name}` is {_values(list(found))}" for found in self.broken.values())
        shown = _shown(self.comparison, self.broken)
        return f"`{shown}` does not hold{self._where}: {' and '.join(known)}"

    @property
    def _where(self) -> str:
        """The services and environments in which it does not hold, as far as they are told."""
        services = sorted({each.service for each in self.places if each.service})
        environments = sorted({each.environment for each in (self.places or self.others) if each.environment})
        by_service = f" for {listing(services)}" if services else ""
        return f"{by_service} in {' and '.join(environments)}" if environments else by_service


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
            for each in _named(settings, name, reference, ("set", "deployed", "read", "declared"))
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


def _named(settings: Settings, name: str, reference: Reference, roles: Iterable[Role] | None = None) -> list[Setting]:
    """The settings of that name, else those whose name ends with a unit besides.

    `deploy.timeout` is the flag `--timeout` of a deployment.
    """
    names = (name, f"--{name}") if reference.qualifier else (name,)
    found = [each for possible in names for each in settings.named(possible, roles)]
    return found or [each for unit in NAMED_UNITS for each in settings.named(f"{name}_{unit}", roles)]


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
    """The comparison with the name that was found in place of every `first(…)`."""
    found = {name: next(iter(settings)).name for each, settings in broken.items() for name in each.names}

    def shown(match: re.Match[str]) -> str:
        return next((found[name] for name in re.findall(r"[\w-]+", match[1]) if name in found), match[0])

    return re.sub(r"first\(([^)]*)\)", shown, comparison.text)


def _values(settings: list[Setting]) -> str:
    shown = dict.fromkeys(f"{each.number:g}{' s' if each.unit else ''}" for each in settings)
    return " or ".join(shown)
