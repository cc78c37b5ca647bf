"""SSOT108."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.graph import Node
from ssot_lint.checks import contracts
from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.guarding import Guards
from ssot_lint.checks.search import Search, starting
from ssot_lint.config.model import Contract
from ssot_lint.findings import PHASES, Level, Violation


class Rule:
    """A call that must be inside a given guard is not.

    ## What it does

    Reports calls of a contract's targets to which a chain of calls leads without one of the guards that it names under
    `inside`. A guard counts at the call and anywhere on the chain. It is

    - the context of a `with`: what it calls (`asyncio.timeout`, `*.connected`), or as it is written (`self._lock`);
    - a call that gets the call as an argument: `asyncio.wait_for`;
    - a decorator of a function on the chain (`tenacity.retry`), or the function itself;
    - what a `for` runs over: `tenacity.AsyncRetrying`;
    - `retry-loop`: a loop that tries again, that is a `try` with an `except`, in a loop that success leaves (by
      `return`, `break`, or its condition).

    ## Why is this bad?

    A message that is sent before the connection exists is lost; a lock that one caller forgets protects nobody.

    ## Example

    ```python
    async def announce(self, state):
        await self.relay.send({"state": state})
    ```

    ## Fix

    ```python
    async def announce(self, state):
        async with connected(self.relay) as relay:
            await relay.send({"state": state})
    ```

    ## Options

    - `[[contracts]]` with `code = "SSOT108"`: `targets`, `inside`, `from`, `phases`, `except`, `allow`
    """

    code = "SSOT108"
    name = "unguarded-call"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """A violation for each call site to which a way without a guard leads."""
        own = contracts.contracts(context, self.code)
        if not own:
            return
        guards = Guards(context.graph, context.surroundings)
        for contract in own:
            unguarded = _Unguarded(contract, guards)
            starts = [root for root in starting(context.graph, contract) if unguarded.is_open(root[0])]
            search = Search(context.graph, starts, unguarded.passes)
            wanted = " or ".join(f"`{name}`" for name in contract.inside)
            for each, _ in contracts.earliest(_judged(search, contract, unguarded), PHASES):
                message = (
                    f"{contracts.called(each.site.call)} called {contracts.when(each.site.phase)} outside {wanted}"
                )
                yield contracts.violation(search, each, contract, self.code, contract.level or self.level, message)


class _Unguarded:
    """Which calls leave a chain without a guard."""

    def __init__(self, contract: Contract, guards: Guards) -> None:
        self._inside = contract.inside
        self._guards = guards
        self._known: dict[tuple[str, int, str], bool] = {}

    def passes(self, call: CallRecord, callee: Node) -> bool:
        return self.is_bare(call) and self.is_open(callee)

    def is_bare(self, call: CallRecord) -> bool:
        key = (call.module, call.at, call.via)
        if key not in self._known:
            names = self._guards.of_call(call)
            self._known[key] = not any(contracts.matches(name, self._inside) for name in names)
        return self._known[key]

    def is_open(self, node: Node) -> bool:
        return not any(contracts.matches(name, self._inside) for name in self._guards.of_function(node))


def _judged(search: Search, contract: Contract, unguarded: _Unguarded) -> Iterator[contracts.Judged]:
    for site in search.sites():
        if contracts.speaks_of(contract, contract.targets, site.node, site.call) and unguarded.is_bare(site.call):
            yield contracts.Judged(site, site.certainty)
