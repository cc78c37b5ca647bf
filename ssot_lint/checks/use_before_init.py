"""SSOT105."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.graph import SILENT_KINDS, CallGraph
from ssot_lint.checks import before_setup, contracts
from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.order import Step, starts, walk
from ssot_lint.checks.reached import Start
from ssot_lint.config.model import Contract
from ssot_lint.findings import CERTAINTIES, Certainty, Level, Site, Violation


class Rule:
    """The start uses something before the step that initialises it.

    ## What it does

    Follows each start in the order in which it runs, through imports, startup hooks and all that they call. Reports
    calls of what a contract names under `then` that come before the first call of what it names under `first`. Where
    any branch on the way called that, it is taken as called. A function that initialises what it uses is fine.

    Without a contract: a server module that imports a model of Django above its `get_asgi_application()`, which ends in
    `AppRegistryNotReady`.

    ## Why is this bad?

    The engine, the pool or the settings are not there yet: the start fails, or works with a default that nobody wants.

    ## Example

    ```python
    async def startup():
        check_schema()  # queries the database
        connect()
    ```

    ## Fix

    Initialise first. What a module's body needs can be made when it is first asked for.

    ## Options

    - `[[contracts]]` with `code = "SSOT105"`: `first`, `then`, `except`, `allow`
    """

    code = "SSOT105"
    name = "use-before-init"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """A violation for each call site that a start comes to before what must be called first."""
        for early in before_setup.early_models(Start(context, self.code, Exception)):
            yield self._of_django(early)
        for contract in contracts.contracts(context, self.code):
            graph = context.graph
            found: dict[Site, tuple[Step, Certainty]] = {}
            for step, certainty in _too_early(graph, contract):
                found.setdefault(step.site, (step, certainty))
            for step, certainty in found.values():
                yield self._violation(step, certainty, contract)

    def _of_django(self, early: before_setup.Early) -> Violation:
        setup = early.setup.rpartition(".")[2]
        return Violation(
            self.code,
            self.level,
            f"imports the Django model `{early.model}` before `{setup}()` has set Django up",
            early.place,
            certainty="certain",
            phase="import",
            function=early.step.node.symbol,
            target=early.model,
            chain=early.step.chain,
            entry=early.step.entry,
            help=f"import it after `{setup}()`",
        )

    def _violation(self, step: Step, certainty: Certainty, contract: Contract) -> Violation:
        first = " or ".join(f"`{name}`" for name in contract.first)
        return Violation(
            self.code,
            contract.level or self.level,
            f"{contracts.called(step.call)} called {contracts.when(step.phase)} before {first}",
            step.site,
            certainty=certainty,
            phase=step.phase,
            function=step.node.symbol,
            target=step.call.target,
            chain=step.chain,
            entry=step.entry,
            origin=contract.origin,
            help=contract.why.strip() or f"call {first} first",
        )


def _too_early(graph: CallGraph, contract: Contract) -> Iterator[tuple[Step, Certainty]]:
    """The calls that come too early, start by start, and how sure that is.

    Where a start never comes to what must be called first, something that is not seen may call it.
    """
    known = any(contracts.matches(site.call.target, contract.first) for site in graph.call_sites())
    for start in starts(graph):
        found: list[Step] = []
        weakest: Certainty = "likely" if known else "possible"
        for step in walk(graph, start):
            if step.call.kind in SILENT_KINDS or step.certainty == "possible":
                continue
            if contracts.matches(step.call.target, contract.first):
                own = {hop.place for hop in step.chain}
                found = [each for each in found if each.site not in own]
                weakest = "certain"
                break
            if contracts.speaks_of(contract, contract.then, step.node, step.call):
                found.append(step)
        for step in found:
            yield step, max(weakest, step.certainty, key=CERTAINTIES.index)
