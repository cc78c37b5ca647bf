"""SSOT104."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.checks import contracts
from ssot_lint.checks.context import CheckContext
from ssot_lint.findings import Level, Violation


class Rule:
    """The legacy form of a call, where it is not forbidden yet: still to migrate.

    ## What it does

    Reports calls without the context that an SSOT101 contract requires, outside the phases in which it forbids them:
    while requests are handled, at shutdown, and in code that no entry point reaches.

    ## Why is this bad?

    The call fails, or shares what it should not, when somebody gets there. And code that nothing reaches today is
    copied tomorrow.

    ## Example

    ```python
    @router.get("/threads")
    async def threads():
        return get_websocket_manager().threads()  # whose?
    ```

    ## Fix

    Pass the context of the user whose request it is. Remove code that nothing reaches.

    ## Options

    - `[[contracts]]` with `code = "SSOT101"`; `ssot-lint baseline` accepts today's calls, so that only new ones fail
    """

    code = "SSOT104"
    name = "incomplete-migration"
    level: Level = "warning"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """A violation for each call site that lacks the context outside the forbidden phases."""
        for contract in contracts.contracts(context, "SSOT101"):
            phases = contract.phases or contracts.NO_CONTEXT_PHASES
            graph = context.graph
            for judged, forbidden in contracts.earliest(contracts.without_context(graph, contract), phases):
                if not forbidden:
                    site = judged.site
                    when = contracts.when(site.phase)
                    message = f"{contracts.called(site.call)} called without `{contract.requires}` {when}"
                    yield contracts.violation(graph, judged, contract, self.code, self.level, message)
