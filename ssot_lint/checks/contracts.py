"""What the rules about contracts share: which call sites a contract speaks of, and the violation at one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import translate
from functools import lru_cache
from typing import NamedTuple, Protocol

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.graph import SILENT_KINDS, CallGraph, CallSite, Node, Reach
from ssot_lint.callgraph.values import Constant, Values
from ssot_lint.checks.context import CheckContext
from ssot_lint.config.model import Contract
from ssot_lint.findings import CERTAINTIES, PHASES, Certainty, Edit, Entry, Hop, Level, Phase, Site, Violation

NO_CONTEXT_PHASES: tuple[Phase, ...] = ("import", "startup")


class Chains(Protocol):
    """What knows how a call was reached: the call graph, or a search in it."""

    def chain(self, reach: Reach | None) -> tuple[Hop, ...]:
        """The calls that lead there."""

    def entry_of(self, reach: Reach | None) -> Entry | None:
        """What the chain starts with."""


class Judged(NamedTuple):
    """A call site that breaks a contract, and how sure that is."""

    site: CallSite
    certainty: Certainty


def matches(name: str, globs: Iterable[str]) -> bool:
    """Whether a qualified name fits one of the globs; a class fits by its own name as well as by its `__init__`."""
    return _matches(name, tuple(globs))


@lru_cache(maxsize=1 << 18)
def _matches(name: str, globs: tuple[str, ...]) -> bool:
    """As `matches`; remembered, since few names are called in many places."""
    union = _union(globs)
    return union is not None and any(union.match(each) for each in (name, name.removesuffix(".__init__")))


@lru_cache
def _union(globs: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(map(translate, globs))) if globs else None


def contracts(context: CheckContext, code: str) -> list[Contract]:
    """The contracts of one rule."""
    return [contract for contract in context.config.contracts if contract.code == code]


def sites(graph: CallGraph, contract: Contract) -> Iterator[CallSite]:
    """The calls of a contract's targets, in every context."""
    for site in graph.call_sites():
        if speaks_of(contract, contract.targets, site.node, site.call):
            yield site


def speaks_of(contract: Contract, targets: Sequence[str], node: Node, call: CallRecord) -> bool:
    """Whether a call is one of the targets, is none of the exceptions, and does not stand where it is allowed."""
    return (
        call.kind not in SILENT_KINDS
        and matches(call.target, targets)
        and not matches(call.target, contract.except_)
        and not matches(node.symbol, contract.allow)
    )


def without_context(graph: CallGraph, contract: Contract) -> Iterator[Judged]:
    """The calls of a contract's targets that do not give the required parameter, or give None for it."""
    for site in sites(graph, contract):
        certainty = lacks(site, contract.requires or "")
        if certainty is not None:
            yield Judged(site, max(certainty, site.certainty, key=CERTAINTIES.index))


def without_parameter(graph: CallGraph, contract: Contract) -> Code | None:
    """A function that a contract is about, if none of those that are called has the required parameter."""
    found: Code | None = None
    for site in sites(graph, contract):
        callee = site.call.callee
        if callee is None or site.call.binding is None:
            return None
        taken = callee.code.scope.parameters
        if any(each.name == contract.requires or each.kind == "var-keyword" for each in taken):
            return None
        found = callee.code
    return found


def at_import(graph: CallGraph, contract: Contract) -> Iterator[Judged]:
    """The calls of a contract's targets that run at import, or would if somebody imported their module.

    A module that the start imports late, in a function, is imported all the same.
    """
    for site in sites(graph, contract):
        in_body = site.node.activation.function is None
        late = site.phase == "startup" and _is_while_importing(site.reach)
        if late or site.phase == "import" or (site.phase == "unreached" and in_body):
            yield Judged(site, site.certainty)


def _is_while_importing(reach: Reach | None) -> bool:
    """Whether an import stands on the way there."""
    while reach is not None and reach.parent is not None and reach.call is not None:
        if reach.call.kind == "import":
            return True
        parent, half = reach.parent
        reach = parent.reach[half]
    return False


def lacks(site: CallSite, parameter: str) -> Certainty | None:
    """How surely a call lacks an argument for the parameter; None where it has one.

    It lacks it where it passes nothing, or nothing but None, also through `*args` and defaults. Where None is one of
    several values, it is only possible.
    """
    call = site.call
    if call.binding is None:
        bare = not any(each.isdigit() for each in call.given) and parameter not in call.given
        return "likely" if bare else None
    if parameter not in call.binding:
        return None
    values = call.binding[parameter]
    if parameter not in call.given and not _may_arrive(values):
        return "certain"
    if values and all(_is_none(value) for value in values):
        return "certain"
    return "possible" if any(_is_none(value) for value in values) else None


def _may_arrive(values: Values) -> bool:
    """Whether `*args` or `**kwargs` of unknown content may bring the argument."""
    return any(not isinstance(value, Constant) for value in values)


def _is_none(value: object) -> bool:
    return isinstance(value, Constant) and value.value is None


def earliest(judged: Iterable[Judged], phases: Sequence[Phase]) -> Iterator[tuple[Judged, bool]]:
    """One verdict a call site: the surest and earliest in one of the phases (True), else in any other (False)."""
    by_site: dict[Site, list[Judged]] = {}
    for each in judged:
        by_site.setdefault(each.site.site, []).append(each)
    for found in by_site.values():
        inside = [each for each in found if each.site.phase in phases]
        yield min(inside or found, key=_rank), bool(inside)


def _rank(judged: Judged) -> tuple[bool, int, int]:
    reach = judged.site.reach
    return (
        judged.certainty == "possible",
        PHASES.index(judged.site.phase) * 10 + CERTAINTIES.index(judged.certainty),
        reach.length if reach is not None else 0,
    )


def violation(
    graph: Chains, judged: Judged, contract: Contract, code: str, level: Level, message: str, note: str = ""
) -> Violation:
    """What a rule says of a call site that breaks a contract, with the chain that leads there."""
    site = judged.site
    return Violation(
        code,
        level,
        message,
        site.site,
        certainty=judged.certainty,
        phase=site.phase,
        function=site.node.symbol,
        target=site.call.target,
        chain=graph.chain(site.reach),
        note=note,
        entry=graph.entry_of(site.reach),
        origin=contract.origin,
        help=_help(contract),
        fix=_fix(contract, site),
    )


def _help(contract: Contract) -> str:
    if contract.replace_with:
        return f"take the factory instead: {contract.replace_with}()"
    return contract.why.strip()


def _fix(contract: Contract, site: CallSite) -> Edit | None:
    if not contract.replace_with or site.call.kind != "call":
        return None
    return Edit("replace_call", site.site, (("to", contract.replace_with),))


def called(call: CallRecord) -> str:
    """The target as a person would write it: by its last name, or by its path where it is outside the project."""
    name = call.target.removesuffix(".__init__").removeprefix("<builtin>.")
    return f"{name if call.callee is None else name.rpartition('.')[2]}()"


def when(phase: Phase) -> str:
    """A phase in words."""
    return {
        "import": "at import",
        "startup": "during startup",
        "request": "while a request is handled",
        "shutdown": "at shutdown",
        "unreached": "in code that nothing reaches",
    }[phase]


def spoken_of(context: CheckContext, *codes: str) -> frozenset[Site]:
    """The call sites that contracts of these rules (SSOT101, SSOT102) speak of: those that they find broken."""
    judges = {"SSOT101": without_context, "SSOT102": at_import}
    return frozenset(
        judged.site.site
        for code in codes
        for contract in contracts(context, code)
        for judged in judges[code](context.graph, contract)
    )
