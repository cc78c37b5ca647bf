"""Comments that suppress findings: what they cover, and which of them cover nothing.

`# ssot-lint: ignore[CODES] reason` speaks of its own line and, where it stands alone, of the line below. On the header
of a `def` or `class`, or alone above it or its decorators, it speaks of the whole body. `ignore-file[CODES]` speaks of
the file. A code may be a prefix of codes; no codes means all. In files that are not Python the same comments speak of
lines and of the file.
"""

from __future__ import annotations

import sys
import tokenize
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ssot_lint.comments import Comment
from ssot_lint.facts.model import Define, DefineClass, ModuleFacts
from ssot_lint.facts.nested import nested
from ssot_lint.findings import Finding, Site, Span, Violation
from ssot_lint.locate import Places

CODE = "SSOT902"


@dataclass(frozen=True)
class Terms:
    """What a run goes by: the codes that there are, those that are checked, and whether a reason is required.

    A suppression of what is not checked in this run can't be said to suppress nothing.
    """

    known: Collection[str]
    checked: Collection[str]
    require_reason: bool = False


class _Cover(NamedTuple):
    """What a comment speaks of: its codes, and the lines (1-based, inclusive) of its file; empty codes are all."""

    place: Site | Span
    path: str
    first: int
    last: int
    codes: tuple[str, ...]
    reason: str

    def takes(self, finding: Finding) -> bool:
        return finding.span.path == self.path and self.first <= finding.span.line <= self.last


def wanted(modules: Mapping[str, ModuleFacts]) -> Iterator[Site]:
    """The sites that `suppress` looks up; wanted before findings are located, they cost no file a second parse."""
    for name, facts in modules.items():
        if facts.suppressions:
            yield from (Site(name, suppression.at) for suppression in facts.suppressions)
            for definition in _definitions(facts):
                yield from (Site(name, at) for at in (definition.whole, *definition.decorators))


def suppress(
    findings: Iterable[Finding],
    modules: Mapping[str, ModuleFacts],
    places: Places,
    terms: Terms,
    elsewhere: Iterable[Comment] = (),
) -> tuple[list[Finding], list[Violation]]:
    """The findings that remain, and a violation for each suppression that is unused or lacks a required reason.

    `findings` are all those of the run, whatever their certainty: what a later filter hides still uses its comment.
    `modules` are those that were analysed, by name; `elsewhere` are the comments in files that are not Python. One
    without its required reason suppresses nothing.
    """
    places.want(wanted(modules))
    covers = [cover for name, facts in modules.items() if facts.suppressions for cover in _covers(name, facts, places)]
    covers += map(_cover, elsewhere)
    by_path: dict[str, list[_Cover]] = {}
    for cover in covers:
        by_path.setdefault(cover.path, []).append(cover)
    used: set[tuple[Site | Span, str]] = set()
    remaining: list[Finding] = []
    for finding in findings:
        uses = [
            (cover.place, code)
            for cover in by_path.get(finding.span.path, ())
            if cover.takes(finding) and (cover.reason or not terms.require_reason)
            for code in cover.codes or ("",)
            if finding.code.startswith(code)
        ]
        used.update(uses)
        if not uses:
            remaining.append(finding)
    return remaining, list(_complaints(covers, used, terms))


def _complaints(covers: Iterable[_Cover], used: set[tuple[Site | Span, str]], terms: Terms) -> Iterator[Violation]:
    if CODE not in terms.checked:
        return
    for cover in covers:
        if terms.require_reason and not cover.reason:
            yield _complaint(cover, "the suppression gives no reason, so it does not count", "say why after the codes")
            continue
        for code in cover.codes or ("",):
            matched = {known for known in terms.known if known.startswith(code)}
            if not matched:
                yield _complaint(cover, f"the suppression names `{code}`, which is no rule", "name a rule's code")
            elif (cover.place, code) not in used and matched - {CODE} <= set(terms.checked):
                what = f" of `{code}`" if code else ""
                yield _complaint(cover, f"the suppression{what} suppresses nothing", "remove it")


def _complaint(cover: _Cover, message: str, help_text: str) -> Violation:
    return Violation(CODE, "warning", message, cover.place, help=help_text)


def _covers(module: str, facts: ModuleFacts, places: Places) -> Iterator[_Cover]:
    definitions = list(_definitions(facts))
    line_of: Callable[[int], int] = lambda at: places.span(Site(module, at)).line  # noqa: E731
    lines = places.lines(module)
    bodies: dict[int, tuple[int, int]] = {}
    for definition in definitions:
        span = places.span(Site(module, definition.whole))
        last = span.end_line - (span.end_column == 1)
        header = range(span.line, _header_end(lines, span.line) + 1)
        above = {min([span.line, *map(line_of, definition.decorators)]) - 1, span.line - 1}
        bodies |= dict.fromkeys(header, (span.line, last))
        bodies |= {line: (line, last) for line in above if line and _is_comment(lines[line - 1])}
    for suppression in facts.suppressions:
        span = places.span(Site(module, suppression.at))
        first, last = bodies.get(span.line, (span.line, span.line + _is_comment(lines[span.line - 1])))
        if suppression.whole_file:
            first, last = 1, len(lines)
        site = Site(module, suppression.at)
        yield _Cover(site, span.path, first, last, tuple(suppression.codes), suppression.reason)


def _cover(comment: Comment) -> _Cover:
    line = comment.span.line
    first, last = (1, sys.maxsize) if comment.whole_file else (line, line + comment.alone)
    return _Cover(comment.span, comment.span.path, first, last, comment.codes, comment.reason)


class _Definition(NamedTuple):
    """The sites of a `def` or `class`: all of it but its decorators, and those."""

    whole: int
    decorators: tuple[int, ...]


def _definitions(facts: ModuleFacts) -> Iterator[_Definition]:
    for scope in facts.scopes:
        for statement in nested(scope.body):
            if isinstance(statement, (Define, DefineClass)):
                yield _Definition(facts.scopes[statement.scope].at, tuple(at for _, at in statement.decorators))


def _header_end(lines: list[str], first: int) -> int:
    """The last line of the header that begins on line `first`: its logical line, as Python's tokenizer joins it."""
    rest = iter(lines[first - 1 :])
    try:
        for token in tokenize.generate_tokens(lambda: next(rest, "") + "\n"):
            if token.type == tokenize.NEWLINE:
                return first + token.start[0] - 1
    except (tokenize.TokenError, SyntaxError):
        pass  # syntax that is newer than the Python that runs: the header is taken to be one line
    return first


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")
