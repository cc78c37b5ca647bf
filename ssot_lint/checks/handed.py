"""Calls that a library makes with what it is given for them: `app.add_middleware(Timing, header="x")`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.arguments import TWICE
from ssot_lint.callgraph.code import Code
from ssot_lint.checks.forwarded import is_settled, is_spread
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import is_known
from ssot_lint.facts.model import Call, Define, Expression
from ssot_lint.findings import Site
from ssot_lint.project.entry_points.view import View

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

# What an application enters when it starts, with itself as the only argument.
_LIFESPAN = re.compile(r"(fastapi|starlette)\.\S+ lifespan$")


def is_passed_on(call: CallRecord) -> bool:
    """Whether a library makes a call with just what it is given for that, and lets its caller fail where it fails."""
    return call.kind == "callback" and _AWAITED.search(call.via.partition(" ")[0]) is not None


def unenterable(start: Start) -> Iterator[tuple[Reached, str, str]]:
    """The lifespans of applications that surely can't be entered, what that is, and why."""
    for node in start.graph.nodes.values():
        for call in node.calls:
            function = call.callee.function if call.callee is not None else None
            if call.kind != "callback" or call.certainty != "certain" or not _LIFESPAN.match(call.via):
                continue
            place = Reached(node, call.at, call.half, call.certainty)
            if function is None or not start.counts(place):
                continue
            definition = start.context.surroundings.definition(function.code.module.name, function.code.index)
            why = _keeps_from_entering(function.code, definition) if definition is not None else ""
            if why:
                yield place, call.target, f"{function.code.scope.name}() {why}"


def _keeps_from_entering(code: Code, definition: Define) -> str:
    """Why `async with` can't enter what a function gives; empty where it may."""
    scope = code.scope
    view = View(code.module.source, code.module.facts, b"")
    decorators = [view.origin(each) for each, _ in definition.decorators]
    if decorators == ["contextlib.contextmanager"]:
        return "is entered by `async with`, and `@contextmanager` gives what `with` enters"
    if decorators == ["contextlib.asynccontextmanager"] and scope.is_async is not scope.is_generator:
        missing = "never yields" if scope.is_async else "is not `async`"
        return f"{missing}, and `@asynccontextmanager` needs an `async def` that does"
    return "never yields, and can't be entered" if not decorators and scope.is_async and not scope.is_generator else ""


def misfits(start: Start) -> Iterator[tuple[Reached, CallRecord]]:
    """The calls of libraries whose further arguments don't fit what they are to be passed on to."""
    for node in start.graph.nodes.values():
        for call in node.calls:
            if call.kind != "callback" or not call.problem:
                continue
            is_lifespan = _LIFESPAN.match(call.via) is not None
            if not is_lifespan and not _AS_GIVEN.search(call.via.partition(" ")[0]):
                continue
            place = Reached(node, call.at, call.half, call.certainty)
            written = start.context.surroundings.node(Site(node.module, call.at))
            if not isinstance(written, Call) or is_spread(written) or not start.counts(place):
                continue
            if written.keywords and _BY_POSITION.search(call.via):
                continue
            if call.problem.startswith(TWICE) and _APPLICATION.search(call.via):
                continue
            handed = _keyword(written, "lifespan") if is_lifespan else _handed(written, call.via)
            is_sure = call.certainty == "certain" and call.at not in node.activation.opaque and is_settled(call)
            if is_sure and handed is not None and is_known(start, place, handed):
                yield place, call


def _keyword(call: Call, name: str) -> Expression | None:
    return next((value for key, value in call.keywords if key == name), None)


def _handed(call: Call, via: str) -> Expression | None:
    """What the library is to call; None where it is not written there."""
    position = 1 if "run_in_executor" in via else 0
    return call.arguments[position] if len(call.arguments) > position else None
