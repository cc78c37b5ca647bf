"""From violations, which name sites, to findings, which name lines and columns."""

from __future__ import annotations

import hashlib
import io
import re
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

import msgspec

from ssot_lint.facts.cache import FactsCache, digest
from ssot_lint.findings import Finding, Frame, Hop, Site, Span, Violation
from ssot_lint.project.model import Project
from ssot_lint.settings.redaction import Redaction

_Location: TypeAlias = tuple[int, int, int, int]

_SHOWN_LINES = 5
_CACHED = b"locations"
# The line that such a finding points at is the secret itself, which is never shown.
_WITHOUT_SOURCE = {"SSOT208"}
_NUMBER = re.compile(r"(?<![\w.])\d+")


class Places:
    """Looks up where sites stand. Each file is read once, for all the sites that were wanted before.

    It is parsed only for those that the cache does not know. Raises `OSError` where a file can't be read any more.
    """

    def __init__(self, project: Project, cache: FactsCache | None = None) -> None:
        self._project = project
        self._cache = cache
        self._wanted: defaultdict[str, set[int]] = defaultdict(set)
        self._spans: dict[Site, Span] = {}
        self._lines: dict[str, list[str]] = {}
        self._shown: dict[str, Redaction] = {}

    def want(self, places: Iterable[Site | Span]) -> None:
        """Says that these will be looked up."""
        for place in places:
            if isinstance(place, Site):
                self._wanted[place.module].add(place.at)

    def span(self, place: Site | Span) -> Span:
        """Where a site stands in its file."""
        if isinstance(place, Span):
            return place
        if place not in self._spans:
            self.want([place])
            self._load(place.module)
        return self._spans[place]

    def lines(self, module: str) -> list[str]:
        """The lines of a module, without their ends, split where Python splits them."""
        if module not in self._lines:
            self._load(module)
        return self._lines[module]

    def shown(self, module: str, first: int, last: int) -> list[str]:
        """Some lines of a module as they may be shown."""
        if module not in self._shown:
            self._shown[module] = Redaction("\n".join(self.lines(module)))
        return self._shown[module].lines(first, last)

    def _load(self, module: str) -> None:
        source = self._project.modules[module]
        content = self._project.read(source)
        self._lines[module] = _lines(content)
        for at, location in self._locate(module, content).items():
            self._spans[Site(module, at)] = Span(source.path, *location)

    def _locate(self, module: str, content: bytes) -> dict[int, _Location]:
        wanted = self._wanted[module]
        if self._cache is None:
            return _parsed(content, wanted)
        key = _CACHED + digest(content)
        known = _decoded(self._cache.result(key), len(self._lines[module]))
        if missing := wanted - known.keys():
            known |= _parsed(content, missing)
            self._cache.put_results([(key, msgspec.msgpack.encode(known))])
        return known


def locate_violations(violations: Iterable[Violation], places: Places, names: Mapping[str, str]) -> list[Finding]:
    """The findings, sorted by `Finding.sort_key`. `names` maps the codes of rules to their names."""
    violations = list(violations)
    places.want(place for violation in violations for place in _places(violation))
    findings = sorted((_finding(violation, places, names) for violation in violations), key=lambda f: f.sort_key)
    return list(_with_fingerprints(findings))


def _places(violation: Violation) -> Iterator[Site | Span]:
    yield violation.place
    yield from (hop.place for hop in violation.chain)
    yield from (related.place for related in violation.related)
    if violation.entry is not None and violation.entry.place is not None:
        yield violation.entry.place


def _finding(violation: Violation, places: Places, names: Mapping[str, str]) -> Finding:
    entry = violation.entry.place if violation.entry is not None else None
    span = places.span(violation.place)
    source: list[str] = []
    if isinstance(violation.place, Site) and violation.code not in _WITHOUT_SOURCE:
        last = min(span.end_line, span.line + _SHOWN_LINES - 1)
        source = places.shown(violation.place.module, max(1, span.line - 1), last)
    return Finding(
        violation,
        names[violation.code],
        span,
        fingerprint="",
        chain=tuple(frame(hop, places) for hop in violation.chain),
        related=tuple((places.span(related.place), related.message) for related in violation.related),
        source=tuple(source),
        entry=places.span(entry) if entry is not None else None,
    )


def frame(hop: Hop, places: Places) -> Frame:
    """A hop with its place and its source."""
    span = places.span(hop.place)
    source = places.shown(hop.place.module, span.line, span.line)[0] if isinstance(hop.place, Site) else ""
    return Frame(hop.caller, hop.callee, hop.kind, hop.certainty, span, source)


def _with_fingerprints(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Gives each finding a fingerprint that stays when lines move.

    It is made from what the finding says and the function that it stands in, not from where. Numbers in the message may
    be lines or counts, so they don't count. What is equal then is numbered in source order.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        violation = finding.violation
        message = _NUMBER.sub("#", violation.message)
        key = (violation.code, finding.span.path, violation.function, violation.target, message)
        content = "\0".join([*key, str(seen[key])]).encode("utf-8", "surrogatepass")
        seen[key] += 1
        yield replace(finding, fingerprint=hashlib.sha256(content).hexdigest()[:32])


def _parsed(content: bytes, wanted: set[int]) -> dict[int, _Location]:
    from ssot_lint.facts.locate import locate

    located = locate(content, wanted).items()
    return {at: (line, column, end_line, end_column) for at, (line, column, end_line, end_column) in located}


def _decoded(cached: bytes | None, lines: int) -> dict[int, _Location]:
    """The locations in a cache entry; none where there is no entry, or it can't be of a file with so many lines."""
    try:
        known = msgspec.msgpack.decode(cached or b"\x80", type=dict[int, _Location])
    except msgspec.MsgspecError:
        return {}
    return known if all(0 < line <= end_line <= lines for line, _, end_line, _ in known.values()) else {}


def _lines(content: bytes) -> list[str]:
    encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    return io.StringIO(content.decode(encoding, "replace"), newline=None).read().split("\n")
