"""Calls that a library makes with what it is given for them: `app.add_middleware(Timing, header="x")`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.arguments import TWICE
from ssot_lint.checks.forwarded import is_settled, is_spread
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import is_known
from ssot_lint.facts.model import Call, Expression
from ssot_lint.findings import Site

# What calls a thing with just the arguments that follow it, and lets the start fail if they don't fit.
_AS_GIVEN = re.compile(
    r"(\.add_middleware|^starlette\.middleware\.Middleware|^asyncio\.to_thread|\.run_in_executor|\.to_thread\.run_sync)\b"
)
# Of these, what gives back what the call does, when it is awaited.
_AWAITED = re.compile(r"(^asyncio\.to_thread|\.run_in_executor|\.to_thread\.run_sync)\b")
# Of these, what takes keywords for itself and passes positions on only.
_BY_POSITION = re.compile(r"(\.run_in_executor|\.to_thread\.run_sync)\b")
# Of these, what gives the application first: Starlette before 0.35 does so by its name, and nothing collides with that.
_APPLICATION = re.compile(r"(\.add_middleware|^starlette\.middleware\.Middleware)\b")


def is_passed_on(call: CallRecord) -> bool:
    """Whether a library makes a call with just what it is given for that, and lets its caller fail where it fails."""
    return call.kind == "callback" and _AWAITED.search(call.via.partition(" ")[0]) is not None


def misfits(start: Start) -> Iterator[tuple[Reached, CallRecord]]:
    """The calls of libraries whose further arguments don't fit what they are to be passed on to."""
    for node in start.graph.nodes.values():
        for call in node.calls:
            if call.kind != "callback" or not call.problem or not _AS_GIVEN.search(call.via.partition(" ")[0]):
                continue
            place = Reached(node, call.at, call.half, call.certainty)
            written = start.context.surroundings.node(Site(node.module, call.at))
            if not isinstance(written, Call) or is_spread(written) or not start.counts(place):
                continue
            if written.keywords and _BY_POSITION.search(call.via):
                continue
            if call.problem.startswith(TWICE) and _APPLICATION.search(call.via):
                continue
            handed = _handed(written, call.via)
            is_sure = call.certainty == "certain" and call.at not in node.activation.opaque and is_settled(call)
            if is_sure and handed is not None and is_known(start, place, handed):
                yield place, call


def _handed(call: Call, via: str) -> Expression | None:
    """What the library is to call; None where it is not written there."""
    position = 1 if "run_in_executor" in via else 0
    return call.arguments[position] if len(call.arguments) > position else None
