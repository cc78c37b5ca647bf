"""SSOT102."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.checks import contracts
from ssot_lint.checks.caught import with_handler
from ssot_lint.checks.context import CheckContext
from ssot_lint.findings import Level, Phase, Violation


class Rule:
    """A forbidden call runs at import time.

    ## What it does

    Follows what runs when an entry point's modules are imported: module and class bodies, decorators, default
    arguments, and all that they call. Reports calls that a contract forbids there, also where the start imports the
    module late, in a function. A forbidden call in the body of a module that no entry point imports is a warning. What
    a script does under `if __name__ == "__main__"`, or in a `__main__.py`, is its start and no import.

    ## Why is this bad?

    Importing a module should do nothing but define what it holds. What works at import time fails in tests, in tools
    and in other entry points: the network is not there, the configuration is not loaded, nobody can catch the error.

    ## Example

    ```python
    settings = requests.get(CONFIG_URL, timeout=5).json()
    ```

    ## Fix

    Do it in a function that startup calls, or when it is first needed.

    ## Options

    - `[[contracts]]` with `code = "SSOT102"`: `targets`, `replace-with`, `except`, `allow`
    - `packs = ["import-side-effects"]`
    """

    code = "SSOT102"
    name = "import-time-call"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """A violation for each call site that runs at import time; those that SSOT101 speaks of are left to it."""
        spoken = contracts.spoken_of(context, "SSOT101")
        for contract in contracts.contracts(context, self.code):
            graph = context.graph
            found = contracts.at_import(graph, contract)
            for judged, at_import in contracts.earliest(found, contracts.NO_CONTEXT_PHASES):
                site = judged.site
                if site.site in spoken:
                    continue
                level = contract.level or self.level
                if not at_import and level == "error":
                    level = "warning"
                where = _where(site.phase)
                message = f"{contracts.called(site.call)} called {where}"
                violation = contracts.violation(graph, judged, contract, self.code, level, message)
                yield with_handler(graph, context.surroundings, site, violation)


def _where(phase: Phase) -> str:
    """Which import the call is made at, in words."""
    if phase == "unreached":
        return "in the body of a module that no entry point imports"
    return "at import" if phase == "import" else f"at import, {contracts.when(phase)}"
