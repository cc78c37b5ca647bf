"""SSOT107."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.graph import Node
from ssot_lint.checks import contracts
from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.search import Search, starting
from ssot_lint.checks.surroundings import Surroundings
from ssot_lint.config.model import Contract
from ssot_lint.facts.model import Await
from ssot_lint.findings import PHASES, Level, Site, Violation


class Rule:
    """A free reachability contract: nothing reachable from X may call Y unless Z.

    ## What it does

    Follows the calls from the functions that a contract names under `from` (all that runs, if it names none), and
    reports calls of its targets, each once, with the shortest chain from such a function. `async:*` stands for every
    async function. A chain that goes through one of `unless-through`, as a function or as the library that calls
    back, is fine, and so is a call that gives one of the arguments in `unless-argument`. A call that may go to one of
    several functions, and is awaited, goes to those that are async.

    ## Why is this bad?

    The contract says it. With the pack `blocking-async`: while one coroutine waits for the disk or the network without
    `await`, the event loop stands still, and no other request is served.

    ## Example

    ```python
    @router.post("/pictures")
    async def add(url: str):
        return store(requests.get(url, timeout=10).content)
    ```

    ## Fix

    ```python
    response = await asyncio.to_thread(requests.get, url, timeout=10)
    ```

    ## Options

    - `[[contracts]]` with `code = "SSOT107"`: `from`, `targets`, `phases`, `unless-through`, `unless-argument`,
      `except`, `allow`
    - `packs = ["blocking-async"]`
    """

    code = "SSOT107"
    name = "forbidden-call"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """A violation for each call site that a function of `from` reaches in a way that is not excused."""
        for contract in contracts.contracts(context, self.code):
            excuses = _Excuses(contract, context.surroundings)
            search = Search(context.graph, starting(context.graph, contract), excuses.let_count)
            for each, _ in contracts.earliest(_judged(search, contract, excuses), PHASES):
                message = (
                    f"{contracts.called(each.site.call)} called {contracts.when(each.site.phase)}: {contract.name}"
                )
                yield contracts.violation(search, each, contract, self.code, contract.level or self.level, message)


class _Excuses:
    """Which calls are no part of a chain that breaks a contract."""

    def __init__(self, contract: Contract, surroundings: Surroundings) -> None:
        self._contract = contract
        self._surroundings = surroundings

    def let_count(self, call: CallRecord, callee: Node | None = None) -> bool:
        """Whether a call is neither excused, as a function or by what calls back, nor unable to go there at all."""
        names = (call.target, call.via.partition(" ")[0])
        if any(name and contracts.matches(name, self._contract.unless_through) for name in names):
            return False
        return call.certainty == "certain" or not self._is_awaited(call) or _is_async(callee)

    def _is_awaited(self, call: CallRecord) -> bool:
        step = next(self._surroundings.of(Site(call.module, call.at)), None)
        return step is not None and isinstance(step.node, Await)


def _is_async(callee: Node | None) -> bool:
    return callee is not None and callee.activation.code.scope.is_async


def _judged(search: Search, contract: Contract, excuses: _Excuses) -> Iterator[contracts.Judged]:
    for site in search.sites():
        call = site.call
        if (
            contracts.speaks_of(contract, contract.targets, site.node, call)
            and not call.given.intersection(contract.unless_argument)
            and excuses.let_count(call)
        ):
            yield contracts.Judged(site, site.certainty)
