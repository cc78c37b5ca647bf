"""Whether a command serves: what it runs is a start then, and not the handling of one command among others.

Names alone tell: those of the functions that it calls, and of those that these call.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from ssot_lint.facts.model import Call, Name, Scope
from ssot_lint.project.entry_points.search import Search
from ssot_lint.project.entry_points.view import View, calls_in

SERVERS = frozenset({
    "uvicorn.run", "uvicorn.main", "uvicorn.Server", "hypercorn.asyncio.serve", "hypercorn.trio.serve",
    "granian.Granian",
    "waitress.serve", "aiohttp.web.run_app", "werkzeug.serving.run_simple", "gevent.pywsgi.WSGIServer",
    "wsgiref.simple_server.make_server", "eventlet.wsgi.server", "cheroot.wsgi.Server", "daphne.server.Server",
})  # fmt: skip
"""What serves an application until the process ends."""
NEEDLES = tuple(sorted({server.partition(".")[0].encode() for server in SERVERS}))
_MOST = 60  # functions that are looked into for one command


def serves(search: Search, dotted: str) -> bool:
    """Whether a function of the project comes to serve an application."""
    seen = {search.definition(dotted)}
    pending = deque(seen)
    while pending and len(seen) < _MOST:
        function = _function(search, pending.popleft())
        for scope, call in _calls(*function) if function is not None else ():
            called = function[0].origin(call.function, scope) if function is not None else ""
            if called in SERVERS:
                return True
            target = search.definition(called) if called else ""
            if target not in seen and _place(search, target) is not None:
                seen.add(target)
                pending.append(target)
    return False


def _calls(view: View, function: Scope) -> Iterator[tuple[Scope, Call]]:
    """The calls of a function and of those that stand in it, each with the scope that makes it."""
    for scope in view.scopes("function"):
        if scope is function or scope.qualname.startswith(f"{function.qualname}."):
            yield from ((scope, call) for call in calls_in(scope.body))


def dispatched(search: Search, dotted: str) -> Iterator[str]:
    """The functions that a command line of argparse leads to, `parser.set_defaults(func=serve)`, and that serve."""
    seen = {search.definition(dotted)}
    pending = deque(seen)
    while pending and len(seen) < _MOST:
        function = _function(search, pending.popleft())
        if function is None:
            continue
        view, scope = function
        for call in calls_in(scope.body):
            for name in (view.origin(call.function, scope), *_defaults(view, scope, call)):
                target = search.definition(name) if name else ""
                if target and target not in seen:
                    seen.add(target)
                    pending.append(target)
            yield from (name for name in _defaults(view, scope, call) if serves(search, name))


def _defaults(view: View, scope: Scope, call: Call) -> Iterator[str]:
    """What the call sets as defaults of parsed arguments, if it does: functions, by their dotted names."""
    if getattr(call.function, "name", "") == "set_defaults":
        yield from (view.origin(value, scope) for _, value in call.keywords if isinstance(value, Name))


def _function(search: Search, dotted: str) -> tuple[View, Scope] | None:
    """A function of a module of the project, and the module."""
    place = _place(search, dotted)
    view = search.view(place[0]) if place is not None else None
    scopes = [scope for scope in view.scopes("function") if scope.qualname == place[1]] if view and place else []
    return (view, scopes[-1]) if view is not None and scopes else None


def _place(search: Search, dotted: str) -> tuple[str, str] | None:
    """The module of the project that a name is of, and the name in it, with those of the functions around it."""
    module, _, name = dotted.rpartition(".")
    while module and module not in search.project.modules:
        module, _, last = module.rpartition(".")
        name = f"{last}.{name}"
    return (module, name) if module else None
