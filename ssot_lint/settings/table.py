"""The table of settings against the places that read, map, set, provision and deploy them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from ssot_lint.findings import Site, Span
from ssot_lint.settings.model import UNKNOWN, Role, Setting, Settings

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

    A secret that something provisions stands in the row of every setting that is filled from it, and has a row of its
    own if there is none. `span_of` turns the place of a read into lines.
    """
    provisioned = settings.of("provisioned")
    names = sorted({each.name for each in settings if each.role != "provisioned" and each.name != UNKNOWN})
    table = [_row(name, settings, provisioned, span_of) for name in names]
    shown = {place.secret for row in table for place in row.cells["provisioned"]}
    alone: defaultdict[str, list[Setting]] = defaultdict(list)
    for each in provisioned:
        alone[each.name].append(each)
    table += [Row(name, _cells(alone[name], span_of)) for name in sorted(alone.keys() - shown)]
    return table


def _row(name: str, settings: Settings, provisioned: list[Setting], span_of: Callable[[Site | Span], Span]) -> Row:
    own = [each for each in settings.named(name) if each.role != "provisioned" and each.name != UNKNOWN]
    secrets = {each.secret for each in own if each.secret and UNKNOWN not in each.secret}
    created = [each for each in provisioned if secrets and any(fnmatchcase(secret, each.secret) for secret in secrets)]
    return Row(name, _cells([*own, *created], span_of))


def _cells(settings: list[Setting], span_of: Callable[[Site | Span], Span]) -> dict[str, tuple[Place, ...]]:
    return {
        column: tuple(
            sorted(
                {_place(each, span_of) for each in settings if each.role in roles}, key=lambda p: (p.path, p.line, p)
            )
        )
        for column, roles in COLUMNS.items()
    }


def _place(setting: Setting, span_of: Callable[[Site | Span], Span]) -> Place:
    span = span_of(setting.place)
    return Place(
        setting.role, setting.kind, _state(setting), setting.environment, setting.service, setting.secret,
        span.path, span.line,
    )  # fmt: skip


def _state(setting: Setting) -> str:
    """The state in a word or two; never the value."""
    if setting.role == "read":
        return _NEEDS[setting.need]
    if setting.role == "required":
        return "listed as required"
    if setting.role == "declared" and setting.value_state != "computed":
        return "declared"  # a value in an example, or the default of a build argument, is given to nothing that runs
    if setting.role == "provisioned":
        return "exists" if setting.kind == "inventory" else "created"
    return {"literal": "value", "unset": "no value"}.get(setting.value_state, setting.value_state)
