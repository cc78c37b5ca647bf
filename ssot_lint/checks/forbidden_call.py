"""SSOT107."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.graph import CallGraph
from ssot_lint.checks import contracts
from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.search import Search, starting
from ssot_lint.config.model import Contract
from ssot_lint.findings import PHASES, Level, Violation


class Rule:
    """A free reachability contract: nothing reachable from X may call Y unless Z.

    ## What it does

    Follows the calls from the functions that a contract names under `from` (all that runs, if it names none), and
    reports calls of its targets, each once, with the shortest chain from such a function. `async:*` stands for every
    async function. A chain that goes through one of `unless-through`, as a function or as the library that calls
    back, is fine, and so is a call that gives one of the arguments in `unless-argument`.

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
            search = _search(context.graph, contract)
            for each, _ in contracts.earliest(_judged(search, contract), PHASES):
                message = (
                    f"{contracts.called(each.site.call)} called {contracts.when(each.site.phase)}: {contract.name}"
                )
                yield contracts.violation(search, each, contract, self.code, contract.level or self.level, message)


def _search(graph: CallGraph, contract: Contract) -> Search:
    return Search(graph, starting(graph, contract), lambda call, _: not _is_excused(contract, call))


def _judged(search: Search, contract: Contract) -> Iterator[contracts.Judged]:
    for site in search.sites():
        call = site.call
        if (
            contracts.speaks_of(contract, contract.targets, site.node, call)
            and not call.given.intersection(contract.unless_argument)
            and not _is_excused(contract, call)
        ):
            yield contracts.Judged(site, site.certainty)


def _is_excused(contract: Contract, call: CallRecord) -> bool:
    excuses = contract.unless_through
    via = call.via.partition(" ")[0]
    return contracts.matches(call.target, excuses) or bool(via and contracts.matches(via, excuses))
