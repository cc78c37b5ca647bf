"""SSOT902: a suppression that suppresses nothing."""

from __future__ import annotations

from ssot_lint.checks.context import CheckContext
from ssot_lint.findings import Level, Violation


class Rule:
    """A suppression comment or baseline entry that suppresses nothing.

    ## What it does

    Reports `# ssot-lint: ignore[...]` comments and entries of the baseline that no finding needs any more, comments
    that name no rule, and, where the configuration requires a reason, comments that give none.

    ## Why is this bad?

    What is suppressed for nothing today hides a real finding tomorrow.

    ## Example

    ```python
    manager = get_manager(user_context)  # ssot-lint: ignore[SSOT101] made per user since 2.0
    ```

    ## Fix

    Remove the comment; for the baseline, run `ssot-lint baseline` again.

    ## Options

    - `require-suppression-reason`
    """

    code = "SSOT902"
    name = "unused-suppression"
    level: Level = "warning"

    def check(self, context: CheckContext) -> tuple[Violation, ...]:
        """Nothing: whether a suppression is used shows when all other rules have spoken, and suppressions apply."""
        return ()
