"""Says by which chains calls are reached, or why they are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_lint.callgraph.chains import End, Way
from ssot_lint.findings import Site, Span
from ssot_lint.locate import Places, frame
from ssot_lint.report.hops import hops, place, source
from ssot_lint.report.model import Options
from ssot_lint.report.paint import Paint
from ssot_lint.report.plain import plain
from ssot_lint.report.wording import counted, way
from ssot_lint.why import Answer, Called, Mentions

_INDENT = "      "
_SHOWN_WAYS = 5
_SHOWN_ENDS = 3


def as_text(answers: Sequence[Answer], places: Places, options: Options) -> str:
    """For each function a block: each call with the chains that lead there, as the text report has them."""
    writer = _Writer(places, options)
    return "\n".join("".join(f"{line}\n" for line in writer.answer(answer)) for answer in answers)


class _Writer:
    """Writes the lines."""

    def __init__(self, places: Places, options: Options) -> None:
        self._places = places
        self._options = options
        self._paint = Paint(options.color)

    def answer(self, answer: Answer) -> Iterator[str]:
        """The lines on one function."""
        yield self._paint.bold(plain(answer.symbol))
        for entry in answer.entries:
            yield self._note(f"is itself an entry point ({entry.words}{self._at(entry.place)})")
        for call in answer.calls:
            span = self._places.span(call.site)
            code = source(self._places.shown(call.site.module, span.line, span.line)[0])
            yield f"  {self._paint.bold(place(span, self._options))}   {code}"
            yield from self._ways(call)
        if not answer.calls and not answer.entries:
            yield self._note(f"not reached: {self._nothing('calls it', answer.mentions)}")

    def _ways(self, call: Called) -> Iterator[str]:
        ways = call.ways if self._options.verbose else call.ways[:_SHOWN_WAYS]
        for each in ways:
            yield from self._way(each)
        if len(ways) < len(call.ways):
            more = counted(len(call.ways) - len(ways), "more entry point")
            yield self._note(f"… reached from {more} and hooks (-v shows all)")
        if call.ways:
            return
        if not call.ends:
            yield self._note(f"not reached: it stands in {call.function}, whose callers only call each other")
        shown = call.ends if self._options.verbose else call.ends[:_SHOWN_ENDS]
        for end, mentions in shown:
            yield from self._end(end, mentions)
        if len(shown) < len(call.ends):
            yield self._note(f"… {counted(len(call.ends) - len(shown), 'more end')} of its callers (-v shows all)")

    def _way(self, each: Way) -> Iterator[str]:
        chain = [frame(hop, self._places) for hop in each.chain]
        at = self._places.span(each.entry.place) if each.entry.place is not None else None
        yield self._note(
            f"{way(each.phase, chain, each.entry, at, self._options.prefix)}   certainty: {each.certainty}"
        )
        yield from hops(chain, self._options, _INDENT)

    def _end(self, end: End, mentions: Mentions | None) -> Iterator[str]:
        chain = [frame(hop, self._places) for hop in end.chain]
        why = "nothing imports" if end.is_module else self._nothing("calls", mentions)
        if end.left:
            why = "nothing seen calls; too many files hold its name to look into all"
        yield self._note(f"not reached: {'its callers end at' if chain else 'it stands in'} {end.symbol}, which {why}")
        yield from hops(chain, self._options, _INDENT)

    def _nothing(self, does: str, mentions: Mentions | None) -> str:
        """That nothing does it, as far as it is known."""
        if mentions is None:
            return f"nothing {does}"
        more = f" and {counted(mentions.more, 'more line')}" if mentions.more else ""
        return f"nothing seen {does}; its name stands in {place(mentions.first, self._options)}{more}"

    def _at(self, where: Site | Span | None) -> str:
        return "" if where is None else f", {place(self._places.span(where), self._options)}"

    def _note(self, text: str) -> str:
        return f"    {self._paint.faint('=')} {plain(text)}"
