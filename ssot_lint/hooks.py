"""The entry points that only the call graph knows: functions that a library was told to call."""

from __future__ import annotations

from fnmatch import fnmatchcase

from ssot_lint.callgraph.graph import CallGraph, Hook, short
from ssot_lint.facts.library import Library
from ssot_lint.project.entry_points.search import Search
from ssot_lint.project.model import EntryKind, EntryPoint, Project

# By what a library calls the method or argument that takes the function; the first that fits counts.
_KINDS: tuple[tuple[EntryKind, tuple[str, ...]], ...] = (
    ("lifespan", ("lifespan*", "cleanup_ctx*")),
    ("middleware", ("*middleware*", "dispatch", "before_request*", "after_request*", "teardown*")),
    ("exception-handler", ("*exception*", "*error_?handler*", "*errorhandler*")),
    ("dependency", ("*depend*", "security")),
    ("task", ("*task*", "periodic*", "*job*")),
    ("cli", ("command", "group", "callback", "argument", "option")),
    ("route", (
        "get", "put", "post", "delete", "patch", "head", "options", "trace", "websocket", "default", "mount", "host",
        "*route*", "*endpoint*", "*view*", "path", "re_path", "url", "app",
    )),
)  # fmt: skip


def hooks(graph: CallGraph, project: Project, library: Library) -> tuple[EntryPoint, ...]:
    """The functions that reached code gives to a library to call, sorted by where they are defined, each once."""
    search = Search(project, library)
    found = {_entry_point(search, hook) for hook in graph.hooks()}
    return tuple(sorted(found, key=lambda point: (point.path, point.line, point.spec, point.kind, point.reason)))


def kind(hook: Hook) -> EntryKind:
    """What a hook is, told by the method or the argument through which the library came to know it."""
    path, _, argument = hook.via.partition(" ")
    method = path.rpartition(".")[2]
    telling = (argument if argument and method[:1].isupper() else method).lower()
    for each, globs in _KINDS:
        if any(fnmatchcase(telling, glob) for glob in globs):
            return each
    return "shutdown" if hook.phase == "shutdown" else "event"


def _entry_point(search: Search, hook: Hook) -> EntryPoint:
    view = search.view(hook.module)
    line = view.line_of(hook.qualname) if view is not None else 1
    path = search.project.modules[hook.module].path
    return EntryPoint(f"{hook.module}:{hook.qualname}", kind(hook), hook.phase, path, line, short(hook.via))
