"""Where precision gives way, so that cost stays near linear in the code that is reached.

The summary counts how often a bound was met.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf

# A call goes to no more, and a wide cell holds no more: what comes past them is left out.
MOST = 64
# Of these, so many are containers that are told apart by place only: who is handed more calls nothing that they hold.
MOST_PLACES = 8

# Bytes of a function of some fifty lines; larger ones have their bounds cut in proportion.
ORDINARY = 2300
# Evaluations that the largest function may have over all contexts before they are counted.
LEAST_EFFORT = 8
# Evaluations that find more calls than these count more than once: where anything may stand anywhere, little is learnt.
ORDINARY_CALLS = 64


@dataclass(frozen=True)
class Bounds:
    """How far the analysis goes.

    Of one function: `exact` contexts by argument values, one for each of `receivers` instances, then `coarse` ones, and
    `per_code` over all closures of one code; `evaluations` of one context, and no more than `again` of each once the
    code had `effort` of them over all contexts. `widest` is how many values a cell or a result tells apart, `items` how
    many entries a container. `candidates` a call may go to, `escapes` of functions in one call to the outside,
    `subclasses` an open instance stands for. `turns` of a loop are gone through one after the other. `depth` of calls
    into each other before the rest waits in the queue, `nesting` of callables that wrap callables (a partial of a
    partial), and all such that are `nested` in one call. `service`: evaluations of what runs after the start, where
    little is asked about that; past them only what the outside calls itself (a request's handler) runs, once, and of
    more than so many `handlers` nothing else.
    `late`: what ran before the service and runs in it again, where the whole project is drawn.
    `guesses`: whether what only unmodelled code outside may call is followed, or left out. `places`: whether tuples and
    dicts that are told apart no more are still told by the place that makes them. `tasks`: whether what a task runs for
    which nobody waits is looked at with what starts it, or with the service, and then in no more than so many
    evaluations (`errands`).
    """

    exact: int = 6
    receivers: int = 6
    coarse: int = 12
    per_code: int = 32
    evaluations: int = 16
    effort: int = 96
    again: int = 2
    widest: int = 12
    items: int = 1024
    candidates: int = MOST
    subclasses: int = 64
    escapes: int = 16
    turns: int = 32
    depth: int = 80
    nesting: int = 12
    nested: int = 1_000
    service: float = inf
    handlers: float = inf
    late: int = 400
    guesses: bool = True
    places: bool = True
    tasks: bool = True
    errands: float = inf


# Past so many contexts of one stage, or twice as many evaluations, what it reaches last is analysed with less care.
ROOMY = 8_000
# With the least care where these are more than so many of each function, as they are of what does algebra.
CROWDED = 4


# What a check that no contract asks about the running service looks at of it: all, but of large programs.
# One handler leads to ten evaluations or so, and of a service that is not looked at to its end little can be said.
BRIEF = Bounds(service=2_000, handlers=200, tasks=False, errands=500)


def step(size: int) -> int:
    """The size that a function of so many bytes counts as: large ones in steps, which a line more seldom leaves."""
    finest = size.bit_length() - 3
    return ORDINARY if size <= ORDINARY else max(ORDINARY, size >> finest << finest)


def share(bound: int, size: int, least: int = 1) -> int:
    """The bound for a function of so many bytes."""
    return max(least, bound * ORDINARY // step(size))


def guessing(bounds: Bounds) -> Bounds:
    """Bounds for what only unmodelled code outside may call: what it writes has next to nothing else run again."""
    return replace(bounds, evaluations=bounds.again)


def tightened(bounds: Bounds, *, is_crowded: bool = False) -> Bounds:
    """Bounds for the rest of a stage that has grown large."""
    return replace(
        bounds,
        exact=min(bounds.exact, 1 if is_crowded else 2),
        coarse=min(bounds.coarse, 1 if is_crowded else 3),
        per_code=min(bounds.per_code, 2 if is_crowded else 8),
        evaluations=min(bounds.evaluations, bounds.again),
        widest=min(bounds.widest, 4 if is_crowded else 6),
        candidates=min(bounds.candidates, 4 if is_crowded else 8),
        subclasses=min(bounds.subclasses, 4 if is_crowded else 8),
        places=False,
        tasks=False,
    )
