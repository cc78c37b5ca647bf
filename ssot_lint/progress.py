"""How far a migration has come: the calls that keep a contract, and those that break it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from ssot_lint.checks import contracts
from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.registry import rules
from ssot_lint.config.model import Contract
from ssot_lint.findings import PHASES, Phase, Site
from ssot_lint.project.owners import Owners

LEGACY = "SSOT104"


class Counted(NamedTuple):
    """A call site that a contract speaks of: the rule that it breaks, or would break, and whether it is migrated."""

    code: str
    phase: Phase
    site: Site
    function: str
    migrated: bool


class Row(NamedTuple):
    """How many call sites of one rule, phase, package and owner are left, and how many are migrated."""

    code: str
    phase: Phase
    package: str
    owners: tuple[str, ...]
    left: int
    migrated: int


class Progress(NamedTuple):
    """One contract, with its call sites in the order of their modules, and the same counted."""

    contract: Contract
    sites: list[Counted]
    rows: list[Row]

    @property
    def left(self) -> int:
        """How many call sites are still to migrate."""
        return sum(not site.migrated for site in self.sites)

    @property
    def migrated(self) -> int:
        """How many are migrated."""
        return sum(site.migrated for site in self.sites)


def progress(context: CheckContext, owners: Owners) -> list[Progress]:
    """Where each contract of the configuration stands, whatever is suppressed or in a baseline.

    A call is left where a rule reports it, surely or likely; SSOT104 is the rule of an SSOT101 contract outside the
    phases in which that forbids it. It is migrated where it is one of the contract's targets, or `replace-with`, and
    no rule reports it.
    """
    left = _left(context)
    found = []
    for contract in context.config.contracts:
        own = left.get(contract.origin, {})
        sites = sorted(
            [*own.values(), *_migrated(context, contract, own)],
            key=lambda each: (each.site.module, context.library.order(*each.site)),
        )
        found.append(Progress(contract, sites, _rows(context, owners, sites)))
    return found


def _left(context: CheckContext) -> dict[str, dict[Site, Counted]]:
    """The sites that are reported, by the origin of their contract."""
    codes = {contract.code for contract in context.config.contracts}
    found: dict[str, dict[Site, Counted]] = {}
    for code in sorted({*codes, *((LEGACY,) if "SSOT101" in codes else ())}):
        for each in rules()[code]().check(context):
            if each.certainty != "possible" and isinstance(each.place, Site):
                counted = Counted(code, each.phase or "unreached", each.place, each.function, migrated=False)
                found.setdefault(each.origin, {})[each.place] = counted
    return found


def _migrated(context: CheckContext, contract: Contract, left: dict[Site, Counted]) -> Iterator[Counted]:
    targets = [*contract.targets, *contract.then]
    if contract.replace_with:
        targets += [contract.replace_with, f"*.{contract.replace_with}"]
    found: dict[Site, Counted] = {}
    for site in context.graph.call_sites():
        place = site.site
        if place in left or site.certainty == "possible":
            continue
        if contracts.speaks_of(contract, targets, site.node, site.call):
            counted = Counted(_code(contract, site.phase), site.phase, place, site.node.symbol, migrated=True)
            known = found.get(place)
            if known is None or PHASES.index(counted.phase) < PHASES.index(known.phase):
                found[place] = counted
    yield from found.values()


def _code(contract: Contract, phase: Phase) -> str:
    forbidden = contract.phases or contracts.NO_CONTEXT_PHASES
    return LEGACY if contract.code == "SSOT101" and phase not in forbidden else contract.code


def _rows(context: CheckContext, owners: Owners, sites: list[Counted]) -> list[Row]:
    left: Counter[tuple[str, Phase, str, tuple[str, ...]]] = Counter()
    migrated: Counter[tuple[str, Phase, str, tuple[str, ...]]] = Counter()
    for each in sites:
        source = context.project.modules[each.site.module]
        package = source.name if source.is_package else source.name.rpartition(".")[0] or source.name
        key = (each.code, each.phase, package, owners.of(source.path))
        (migrated if each.migrated else left)[key] += 1
    order = sorted({*left, *migrated}, key=lambda key: (key[0], PHASES.index(key[1]), *key[2:]))
    return [Row(*key, left[key], migrated[key]) for key in order]
