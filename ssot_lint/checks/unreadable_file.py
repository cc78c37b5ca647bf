"""SSOT901: a file that can't be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.plausible import ask_for_implausible
from ssot_lint.findings import Level, Span, Violation
from ssot_lint.project.model import Project, Source

_PLACEHOLDER = re.compile(rb"\{\{.*\}\}|\{%.*%\}")


class Rule:
    """A file that can't be decoded or parsed.

    ## What it does

    Reports Python files that were to be analysed and are not Python: a syntax error, a wrong encoding, nesting that
    Python itself refuses. The rest of the project is still analysed. Files that nothing imports are looked at too, up
    to four megabytes of them, the smallest first. It says nothing of templates of Python files.

    ## Why is this bad?

    If the program imports the file, it does not start. And the linter knows nothing of what the file calls, so its
    other answers hold only for the rest.

    ## Example

    ```python
    def start(:
    ```

    ## Fix

    Mend the file, or leave it out if it is none of the program's:

    ```toml
    exclude = ["templates/"]
    ```

    ## Options

    - `exclude`
    """

    code = "SSOT901"
    name = "unreadable-file"
    level: Level = "warning"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """A violation for each file that some other stage asked for in vain, or that is no Python at first sight."""
        ask_for_implausible(context.project, context.library, context.memory)
        for module, unreadable in context.library.unreadable.items():
            source = context.project.modules[module]
            span = Span(source.path, unreadable.line, 1, unreadable.line, 1)
            if _is_template(context.project, source, unreadable.line):
                continue
            yield Violation(self.code, self.level, unreadable.message, span, help="mend the file, or `exclude` it")
        # Only what the other rules asked for: settings are read for those that compare them.
        for problem in context.settings.problems if "settings" in vars(context) else ():
            span = Span(problem.path, problem.line, 1, problem.line, 1)
            yield Violation(self.code, self.level, problem.message, span, help="mend the file, or `exclude` it")


def _is_template(project: Project, source: Source, line: int) -> bool:
    """Whether what is no Python on a line is a placeholder, as in `from {{ package }} import app`."""
    try:
        lines = project.read(source).splitlines()
    except OSError:
        return False  # which is what there is to tell
    return 0 < line <= len(lines) and _PLACEHOLDER.search(lines[line - 1]) is not None
