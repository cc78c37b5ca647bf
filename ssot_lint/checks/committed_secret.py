"""SSOT208."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ssot_lint.checks.context import CheckContext
from ssot_lint.findings import Level, Related, Site, Span, Violation
from ssot_lint.settings.exposure import Exposure
from ssot_lint.settings.model import PIPELINES, Setting
from ssot_lint.settings.supply import related

_ASIDE = re.compile(
    r"\.(?:md|rst|baseline|lock|ipynb|svg|map|css|min\.js)$|(?:^|/)PKG-INFO$|(?:^|/)(?:static|dist|build|assets)[\w.]*/.*\.js$"
    r"|localhost|snakeoil|self-?signed|analytics|telemetry"
)


_LIKELY = frozenset({"random value", "login in a URL"})


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
            in_tests = each.environment in {"test", "development"} or each.kind in PIPELINES
            if each.exposed and not (in_tests and each.exposed in _LIKELY):
                seen.setdefault((each.name, each.digest), []).append(each)
        for (name, _), places in seen.items():
            first = places[0]
            told |= {(each.path, each.line) for each in places}
            # Where a name and its value have a line each, the setting stands at the name.
            told |= {(each.path, each.line + 1) for each in places if each.path.endswith((".yaml", ".yml", ".json"))}
            known = first.exposed not in _LIKELY
            what = _with_article(first.exposed) if known else "what looks like a real secret"
            yield self._violation(first.place, f"`{name}` holds {what}", places[1:], certain=known)
        for path, found in _in_texts(context):
            known_lines = {each.line for each in found if not each.name}
            fresh = [
                each for each in found if (path, each.line) not in told and not (each.name and each.line in known_lines)
            ]
            for certain in (True, False):
                if alike := [each for each in fresh if certain != bool(each.name)]:
                    yield self._in_text(path, alike, certain=certain)

    def _in_text(self, path: str, found: list[Exposure], *, certain: bool) -> Violation:
        """The secrets of one file as one violation."""
        spans = [Span(path, each.line, each.column, each.line, each.column + 1) for each in found]
        what = (
            f"{_with_article(found[0].form)} stands here"
            if certain
            else f"`{found[0].name}` holds what looks like a real secret"
        )
        message = what if len(found) == 1 else f"{what}, and {len(found) - 1} more in this file"
        others = tuple(Related(span, "another one stands here") for span in spans[1:])
        return replace(self._violation(spans[0], message, [], certain=certain), related=others)

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


def _in_texts(context: CheckContext) -> Iterator[tuple[str, Sequence[Exposure]]]:
    """The path of every file in which secrets stand, with these."""
    project = context.project
    paths = {*project.others, *(source.path for source in project.modules.values())}
    for path in sorted(paths):
        if not _ASIDE.search(path) and (found := context.looks.exposures(path)):
            yield path, found


def _with_article(name: str) -> str:
    return f"an {name}" if name[0] in "AEIO" else f"a {name}"
