"""SSOT208."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.checks.context import CheckContext
from ssot_lint.findings import Level, Site, Span, Violation
from ssot_lint.settings.collect import stands_aside, text_of
from ssot_lint.settings.document import UnreadableError
from ssot_lint.settings.exposure import Exposure, exposures
from ssot_lint.settings.model import Setting
from ssot_lint.settings.supply import related

_PROSE = (".md", ".rst", ".lock", ".ipynb", ".svg", ".min.js", ".map")


class Rule:
    """A secret's value stands in a tracked file.

    ## What it does

    Looks at the values of settings whose names speak of secrets, and at every text for tokens and keys of a known form.
    Examples, placeholders, words and what is hardly random are passed over, and so are tests, examples and what
    `.gitignore` leaves out. The value is never shown, stored or logged.

    ## Why is this bad?

    Whoever can read the repository, or its history, has the secret.

    ## Example

        STRIPE_API_KEY=sk_live_…      # in a committed .env

    ## Fix

    Revoke the secret, create a new one, and keep that in a secret manager.

    ## Options

    `exclude` leaves files out.
    """

    code = "SSOT208"
    name = "committed-secret"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """One violation a place; one for equal values of one name in many places."""
        told: set[tuple[str, int]] = set()
        seen: dict[tuple[str, str], list[Setting]] = {}
        for each in context.settings.of("set", "deployed", "mapped"):
            if each.exposed and each.environment not in {"test", "development"}:
                seen.setdefault((each.name, each.digest), []).append(each)
        for (name, _), places in seen.items():
            first = places[0]
            told |= {(each.path, each.line) for each in places}
            known = first.exposed not in {"random value", "login in a URL"}
            what = f"a {first.exposed}" if known else "what looks like a real secret"
            yield self._violation(first.place, f"`{name}` holds {what}", places[1:], certain=known)
        for path, found in _in_texts(context):
            if (path, found.line) not in told:
                told.add((path, found.line))
                span = Span(path, found.line, found.column, found.line, found.column + 1)
                message = (
                    f"`{found.name}` holds what looks like a real secret"
                    if found.name
                    else f"a {found.form} stands here"
                )
                yield self._violation(span, message, [], certain=not found.name)

    def _violation(self, place: Site | Span, message: str, others: list[Setting], *, certain: bool) -> Violation:
        return Violation(
            self.code,
            self.level if certain else "warning",
            f"{message}, in a file that is tracked",
            place,
            certainty="certain" if certain else "likely",
            related=related(others, "the same value stands here"),
            help="revoke it, create a new one, and keep that in a secret manager",
        )


def _in_texts(context: CheckContext) -> Iterator[tuple[str, Exposure]]:
    """The path of every file with the secrets that stand in it."""
    project = context.project
    paths = {*project.others, *(source.path for source in project.modules.values())}
    for path in sorted(paths):
        if stands_aside(path) or path.endswith(_PROSE):
            continue
        try:
            text = text_of(project, path)
        except UnreadableError:
            continue  # A file that is no text holds no setting.
        for found in exposures(text):
            yield path, found
