"""SSOT101."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.graph import CallGraph
from ssot_lint.checks import contracts
from ssot_lint.checks.caught import with_handler
from ssot_lint.checks.context import CheckContext
from ssot_lint.config.model import Contract
from ssot_lint.errors import ConfigurationError, nearest
from ssot_lint.findings import Level, Violation


class Rule:
    """A function that requires a context is called without one, in a phase in which its contract forbids that.

    ## What it does

    Follows the calls from the entry points, with their arguments. Reports a call of a contract's target that does not
    give the required parameter, or gives None, also where None arrives through the default of a wrapper's parameter.
    A wrapper that supplies the context is fine; one that drops it is reported where it drops it. An `except` around
    the call does not hide it: the finding says where it is caught.

    ## Why is this bad?

    What needs a user's context can't work where there is no user, at import and at startup: it raises, and the service
    does not start; or it makes something that all users share.

    ## Example

    ```python
    @asynccontextmanager
    async def lifespan(app):
        manager = get_websocket_manager()  # no user yet
        yield
    ```

    ## Fix

    Take a factory at startup, and make the object when a user is there:

    ```python
    app.state.manager_factory = get_websocket_manager_factory()
    ```

    With `replace-with` in the contract, `--fix` writes it.

    ## Options

    - `[[contracts]]` with `code = "SSOT101"`: `targets`, `requires`, `phases`, `replace-with`, `except`, `allow`
    - `packs = ["websocket-context"]`
    """

    code = "SSOT101"
    name = "call-without-context"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """A violation for each call site that lacks the context in a forbidden phase."""
        for contract in contracts.contracts(context, self.code):
            phases = contract.phases or contracts.NO_CONTEXT_PHASES
            graph = context.graph
            found = list(contracts.without_context(graph, contract))
            if not found and contract in context.config.own_contracts:
                _refuse_unknown_parameter(graph, contract)
            for judged, forbidden in contracts.earliest(found, phases):
                if not forbidden:
                    continue
                site = judged.site
                given = contract.requires in site.call.given
                violation = contracts.violation(
                    graph,
                    judged,
                    contract,
                    self.code,
                    contract.level or self.level,
                    f"{contracts.called(site.call)} called without `{contract.requires}` {contracts.when(site.phase)}",
                    f"`{contract.requires}` is {'None' if given else 'not given'}",
                )
                yield with_handler(graph, context.surroundings, site, violation)


def _refuse_unknown_parameter(graph: CallGraph, contract: Contract) -> None:
    """Raises `ConfigurationError` where nothing can break a contract, since no target has the parameter."""
    code = contracts.without_parameter(graph, contract)
    if code is not None:
        own = [each for each in code.parameters if each not in ("self", "cls")]
        meant = f"; {nearest(contract.requires or '', own)}" if own else ""
        raise ConfigurationError(contract.origin, f"{code.symbol}() has no parameter `{contract.requires}`{meant}")
