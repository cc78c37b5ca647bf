"""SSOT106."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.graph import CallGraph, Reach
from ssot_lint.callgraph.kept import Kept, instances
from ssot_lint.checks import contracts
from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.surroundings import Surroundings, written
from ssot_lint.config.model import Contract
from ssot_lint.findings import PHASES, Level, Site, Violation

_DEPENDS = re.compile(r"\.(Depends|Security)\b")
_CACHES = frozenset(("lru_cache", "cache", "cached", "alru_cache", "async_lru"))


class Rule:
    """A class meant to live per request is instantiated once for the whole process.

    ## What it does

    Reports where an instance of such a class, or of one that derives from it, is made that something keeps as long as
    the process lives: a global of a module, an attribute of a class, the state of an application, a cached function
    without arguments; also what such an instance makes for itself when it is made. What stands in a dict under each
    user's key, in a context variable, or on a request is fine.

    Without a contract, a class of which a dependency (FastAPI's `Depends`) makes an instance for each request, and of
    which something keeps one all the same, is a note.

    ## Why is this bad?

    All users share what belongs to one of them: they see each other's data, and two requests at once mix it up.

    ## Example

    ```python
    _cart = Cart()  # whose?

    @router.post("/cart/{article}")
    async def put(article: str):
        _cart.put(article)
    ```

    ## Fix

    Make it where the request is: in the handler, in a dependency, or in a factory that takes the user.

    ## Options

    - `[[contracts]]` with `code = "SSOT106"`: `targets` (classes, or functions that make their instances), `except`,
      `allow`
    """

    code = "SSOT106"
    name = "shared-instance"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """A violation for each place where an instance is made that is kept and may not be."""
        graph = context.graph
        kept = [*graph.kept, *_cached(graph, context.surroundings)]
        spoken: set[Site] = set()
        for contract in contracts.contracts(context, self.code):
            for each in _earliest(graph, (each for each in kept if _speaks_of(contract, each))):
                spoken.add(each.site)
                mend = contract.why.strip() or f"make a {each.info.code.scope.name} for each request"
                yield self._violation(graph, each, contract.level or self.level, mend, contract.origin)
        factories = _factories(graph)
        for each in _earliest(graph, (each for each in kept if each.info in factories)):
            if each.site not in spoken and each.maker.code.symbol != factories[each.info]:
                mend = f"`{factories[each.info]}` makes one for each request: take that, if it belongs to one"
                yield self._violation(graph, each, "note", mend, "")

    def _violation(self, graph: CallGraph, kept: Kept, level: Level, help: str, origin: str) -> Violation:
        reach = _reach(graph, kept)
        name = kept.info.code.scope.name
        return Violation(
            self.code,
            level,
            f"one {name} for the whole process: {kept.holder} keeps it",
            kept.site,
            certainty=reach.certainty if reach is not None else "certain",
            phase=reach.phase if reach is not None else "unreached",
            function=kept.maker.code.symbol,
            target=kept.info.symbol,
            chain=graph.chain(reach),
            entry=graph.entry_of(reach),
            origin=origin,
            help=help,
        )


def _earliest(graph: CallGraph, kept: Iterable[Kept]) -> list[Kept]:
    """One a place where instances are made: the one that is reached first."""
    found: dict[Site, Kept] = {}
    for each in kept:
        known = found.get(each.site)
        if known is None or _rank(graph, each) < _rank(graph, known):
            found[each.site] = each
    return list(found.values())


def _factories(graph: CallGraph) -> dict[ClassInfo, str]:
    """The classes of which a dependency makes an instance for each request, with the dependency."""
    found: dict[ClassInfo, str] = {}
    for site in graph.call_sites():
        callee = site.call.callee
        if callee is not None and site.call.phase == "request" and _DEPENDS.search(site.call.via):
            for each in instances(callee.result | callee.yielded, ""):
                if each.maker is callee:
                    found.setdefault(each.info, callee.code.symbol)
    return found


def _speaks_of(contract: Contract, kept: Kept) -> bool:
    maker = kept.maker.code.symbol
    if contracts.matches(maker, contract.allow):
        return False
    names = [info.symbol for info in kept.info.classes]
    if any(contracts.matches(name, contract.except_) for name in names):
        return False
    return any(contracts.matches(name, contract.targets) for name in (*names, maker))


def _cached(graph: CallGraph, surroundings: Surroundings) -> Iterator[Kept]:
    """What functions give that are called once, and remembered."""
    for activation in graph.nodes:
        code = activation.code
        if activation.function is None or set(code.parameters) - {"self", "cls"}:
            continue
        definition = surroundings.definition(code.module.name, code.index)
        if definition is None:
            continue
        decorators = [written(decorator).split(".") for decorator, _ in definition.decorators]
        if any(_CACHES.intersection(decorator) for decorator in decorators):
            yield from instances(activation.result, f"the cached function `{code.symbol}`")


def _reach(graph: CallGraph, kept: Kept) -> Reach | None:
    """How what makes it is reached first."""
    node = graph.nodes.get(kept.maker)
    reached = [reach for reach in node.reach if reach is not None] if node is not None else []
    return min(reached, key=lambda reach: PHASES.index(reach.phase), default=None)


def _rank(graph: CallGraph, kept: Kept) -> int:
    reach = _reach(graph, kept)
    return PHASES.index(reach.phase) if reach is not None else len(PHASES)
