"""The table of settings against the places that read, map, set, provision and deploy them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial

from ssot_lint.findings import Site, Span
from ssot_lint.settings.environments import stem_of_id
from ssot_lint.settings.mappings import lists_that_hand_on
from ssot_lint.settings.model import UNKNOWN, Role, Setting, Settings
from ssot_lint.settings.needed import is_given_otherwise

COLUMNS: dict[str, tuple[Role, ...]] = {
    "read": ("read", "required"),
    "mapped": ("mapped",),
    "set": ("set", "declared"),
    "provisioned": ("provisioned",),
    "deployed": ("deployed",),
}
"""The columns, and the roles that stand in each."""

_NEEDS = {"required": "needed", "bare": "no default", "optional": "has a default", "": ""}


@dataclass(frozen=True, order=True)
class Place:
    """One place that speaks of a setting: what it does, its state, for which environment and service, and where."""

    role: Role
    kind: str
    state: str
    environment: str
    service: str
    secret: str
    path: str
    line: int

    @property
    def about(self) -> str:
        """Environment, service and secret, those that it names, in a few words."""
        return " ".join(filter(None, (self.environment, self.service, self.secret)))


@dataclass(frozen=True)
class Row:
    """A setting and its places by column, in the order of their files."""

    name: str
    cells: dict[str, tuple[Place, ...]]


def rows(settings: Settings, span_of: Callable[[Site | Span], Span]) -> list[Row]:
    """The table, sorted by name.

    A secret that something provisions stands in the row of every setting that is filled from it, or from the same one
    of another environment, and has a row of its own if there is none. Lists that only say what services are given stand
    with what is deployed. `span_of` turns the place of a read into lines.
    """
    provisioned = settings.of("provisioned")
    shown = (each for each in settings if each.role != "provisioned" and not _only_tells(each))
    names = sorted({each.name for each in shown} - {UNKNOWN})
    column_of = partial(_column, lists_that_hand_on(settings))
    state_of = partial(_state, {each for each in settings.of("read") if is_given_otherwise(settings, each)})
    by_stem: defaultdict[str, list[Setting]] = defaultdict(list)
    for each in provisioned:
        if (stem := stem_of_id(each.secret)) != each.secret:
            by_stem[stem].append(each)
    table = [
        Row(name, _cells(_row(name, settings, provisioned, by_stem), column_of, state_of, span_of)) for name in names
    ]
    taken = {place.secret for row in table for place in row.cells["provisioned"]}
    alone: defaultdict[str, list[Setting]] = defaultdict(list)
    for each in provisioned:
        alone[each.name].append(each)
    table += [Row(name, _cells(alone[name], column_of, state_of, span_of)) for name in sorted(alone.keys() - taken)]
    return table


def _row(
    name: str, settings: Settings, provisioned: list[Setting], by_stem: Mapping[str, list[Setting]]
) -> list[Setting]:
    """All that speaks of a setting, and what creates the secrets that fill it."""
    own = [each for each in settings.named(name) if each.role != "provisioned" and each.name != UNKNOWN]
    secrets = {each.secret for each in own if each.secret and UNKNOWN not in each.secret}
    created = [each for each in provisioned if any(fnmatchcase(secret, each.secret) for secret in secrets)]
    elsewhere = (by_stem.get(stem_of_id(each), ()) for each in sorted(secrets))
    return [*own, *created, *(each for found in elsewhere for each in found)]


def _column(handing: set[tuple[str, str]], setting: Setting) -> str:
    """The column of a place."""
    if setting.role == "required" and (setting.path, setting.group) in handing:
        return "deployed"
    return next(column for column, roles in COLUMNS.items() if setting.role in roles)


def _only_tells(setting: Setting) -> bool:
    """Whether it is no setting, but tells the environment that an argument or a value of a chart names."""
    return setting.name.startswith("--") and setting.tells != ""


def _cells(
    settings: list[Setting],
    column_of: Callable[[Setting], str],
    state_of: Callable[[Setting], str],
    span_of: Callable[[Site | Span], Span],
) -> dict[str, tuple[Place, ...]]:
    found: dict[str, set[Place]] = {column: set() for column in COLUMNS}
    for each in settings:
        found[column_of(each)].add(_place(each, column_of(each), state_of, span_of))
    return {column: tuple(sorted(places, key=lambda p: (p.path, p.line, p))) for column, places in found.items()}


def _place(
    setting: Setting, column: str, state_of: Callable[[Setting], str], span_of: Callable[[Site | Span], Span]
) -> Place:
    span = span_of(setting.place)
    state = "listed for it" if setting.role == "required" and column == "deployed" else state_of(setting)
    return Place(
        setting.role, setting.kind, state, setting.environment, setting.service, setting.secret,
        span.path, span.line,
    )  # fmt: skip


def _state(otherwise: Collection[Setting], setting: Setting) -> str:
    """The state in a word or two; never the value. `otherwise` are reads that another name is given for."""
    if setting in otherwise and setting.need == "required":
        return "other name given"
    if setting.role == "read":
        return _NEEDS[setting.need]
    if setting.role == "required":
        return "listed as required"
    if setting.role == "declared" and setting.value_state != "computed":
        return "declared"  # a value in an example, or the default of a build argument, is given to nothing that runs
    if setting.role == "provisioned":
        return "exists" if setting.kind == "inventory" else "created"
    return {"literal": "value", "unset": "no value"}.get(setting.value_state, setting.value_state)
