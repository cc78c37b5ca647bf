"""Chains for a person at a terminal: each hop a place to follow and its source, on one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ssot_lint.findings import Frame, Span
from ssot_lint.report.model import Options
from ssot_lint.report.plain import plain, shorten, width
from ssot_lint.report.wording import folded

_SOURCE_LIMIT = 100
_ALIGNED = 80


def hops(chain: Sequence[Frame], options: Options, indent: str) -> Iterator[str]:
    """The numbered lines of a chain, without its middle unless verbose."""
    shown, hidden = folded(tuple(chain), whole=options.verbose)
    digits = len(str(len(chain)))
    to = aligned(place(frame.span, options) for _, frame in shown)
    for position, (number, frame) in enumerate(shown, 1):
        # Where there is no source, it shows what is called.
        code = source(frame.source) or shorten(plain(frame.callee), _SOURCE_LIMIT)
        yield f"{indent}{number:>{digits}} {padded(place(frame.span, options), to)}   {code}"
        if hidden and position == len(shown) - 1:
            yield f"{indent}{' ' * digits} … {hidden} more (-v shows all)"


def place(span: Span, options: Options) -> str:
    """`path:line`, to be followed."""
    return plain(f"{options.prefix}{span.path}:{span.line}")


def source(line: str) -> str:
    """A line of source without its indentation, cut to a screen's width."""
    return shorten(plain(line.strip().replace("\t", " ")), _SOURCE_LIMIT)


def aligned(places: Iterable[str]) -> int:
    """The width to which places are padded; one very long path does not push all others to the right."""
    return max((width(place) for place in places if width(place) <= _ALIGNED), default=0)


def padded(place: str, to: int) -> str:
    """A place with room up to a width."""
    return place + " " * (to - width(place))
