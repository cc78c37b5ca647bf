"""Django: settings, the applications that they install, URLs, middleware, server modules, management commands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from ssot_lint.facts.model import Scope
from ssot_lint.findings import Phase
from ssot_lint.project.entry_points.django_settings import sure_texts_of_setting, texts_of_setting
from ssot_lint.project.entry_points.search import Mention, Search
from ssot_lint.project.entry_points.view import View, calls_in, statements, text_of
from ssot_lint.project.model import EntryKind, EntryPoint, Source

NEEDLES = (b"DJANGO_SETTINGS_MODULE", b"ROOT_URLCONF", b"get_asgi_application", b"get_wsgi_application")
MIDDLEWARE_METHODS: dict[str, Phase] = {
    "__init__": "startup", "__call__": "request", "__acall__": "request", "process_request": "request",
    "process_view": "request", "process_template_response": "request", "process_response": "request",
    "process_exception": "request",
}  # fmt: skip
_NAMED = re.compile(rb"DJANGO_SETTINGS_MODULE[\"']\s*(?:,|\]\s*=)\s*[\"']([\w.]+)[\"']")


def find(search: Search) -> Iterator[EntryPoint]:
    """What Django imports and calls when it starts, and the commands that it can run."""
    yield from _servers(search, "asgi")
    yield from _servers(search, "wsgi")
    for settings, reason in _settings(search).items():
        source = search.project.modules[settings]
        yield _module(source, "django", reason)
        _expect_named(search, settings)
        yield from _urls(search, texts_of_setting(search, settings, "ROOT_URLCONF"), settings)
        installed = texts_of_setting(search, settings, "INSTALLED_APPS")
        for entry in installed:
            yield from _application(search, entry, "django.contrib.admin" in installed)
        for entry in texts_of_setting(search, settings, "MIDDLEWARE"):
            yield from _middleware(search, entry)
    yield from _management_commands(search)


def _module(source: Source, kind: EntryKind, reason: str) -> EntryPoint:
    return EntryPoint(source.name, kind, "import", source.path, 1, reason)


def _call(view: View, symbol: str, kind: EntryKind, phase: Phase, reason: str) -> EntryPoint:
    line = view.line_of(symbol)
    return EntryPoint(f"{view.name}:{symbol}", kind, phase, view.source.path, line, reason)


def _servers(search: Search, kind: Literal["asgi", "wsgi"]) -> Iterator[EntryPoint]:
    """The modules that make Django's application when imported."""
    maker = f"get_{kind}_application"
    for view in search.views(maker.encode()):
        if any(view.origin(call.function).endswith(f".{maker}") for call in calls_in(list(statements(view.body.body)))):
            yield _module(view.source, kind, f"Django's {kind.upper()} application")


def _settings(search: Search) -> dict[str, str]:
    """The settings modules and why: those that `manage.py` and its like name.

    Where none is named, or one that is only made where the program is installed, those that set `ROOT_URLCONF` too.
    """
    found: dict[str, str] = {}
    is_complete = True
    for source in search.containing(b"DJANGO_SETTINGS_MODULE"):
        for match in _NAMED.finditer(search.bytes_of(source)):
            named = search.module(match[1].decode())
            is_complete = is_complete and named is not None
            if named is None and not _is_made_by_hand(search, match[1].decode()):
                search.expect(
                    match[1].decode(), "", _mention(search, source, match[1].decode(), "DJANGO_SETTINGS_MODULE")
                )
            if named is not None:
                found.setdefault(named.name, f"Django settings that {source.name} names")
    if not found or not is_complete:
        for view in search.views(b"ROOT_URLCONF"):
            if "ROOT_URLCONF" in view.body.bound:
                found.setdefault(view.name, "Django settings, as they set ROOT_URLCONF")
    return found


def _is_made_by_hand(search: Search, settings: str) -> bool:
    """Whether the settings may be a copy that an operator makes of a sample beside it."""
    package = settings.rpartition(".")[0]
    beside = (name.lower() for name in search.project.modules if name.rpartition(".")[0].endswith(package))
    return any(word in name for name in beside for word in ("example", "sample", "template", "default"))


def _mention(search: Search, source: Source, text: str, words: str) -> Mention:
    line = search.bytes_of(source).partition(text.encode())[0].count(b"\n") + 1
    return Mention(source.path, line, f"{words} in {source.name}")


def _expect_named(search: Search, settings: str) -> None:
    """Looks for what settings name: modules, and symbols of modules."""
    for key in ("ROOT_URLCONF", "INSTALLED_APPS", "MIDDLEWARE", "WSGI_APPLICATION", "ASGI_APPLICATION"):
        for module, text in sure_texts_of_setting(search, settings, key):
            above, _, last = text.rpartition(".")
            is_module = key == "ROOT_URLCONF" or (key == "INSTALLED_APPS" and last[:1].islower())
            mention = _mention(search, search.project.modules[module], text, key)
            if is_module:
                search.expect(text, "", mention)
            else:
                search.expect(above, last, mention)


def _urls(search: Search, roots: Iterable[str], settings: str) -> Iterator[EntryPoint]:
    """The module of the root URLs, and those that `include("…")` names from there on."""
    pending = [(name, f"ROOT_URLCONF of {settings}") for name in roots]
    seen: set[str] = set()
    while pending:
        name, reason = pending.pop()
        source = search.project.modules.get(name)
        if source is None or name in seen:
            continue
        seen.add(name)
        yield _module(source, "django", reason)
        view = search.view(name)
        for call in calls_in(view.body.body) if view else ():
            if view and view.origin(call.function).endswith(".include") and call.arguments:
                pending.append((text_of(call.arguments[0]), f"URLs that {name} includes"))


def _application(search: Search, entry: str, has_admin: bool) -> Iterator[EntryPoint]:
    """What an entry of INSTALLED_APPS loads: the package, its configuration and `ready()`, its models and admin."""
    config = _configuration(search, entry)
    package = entry
    if config is not None:
        view, scope = config
        package = view.name.rpartition(".")[0]
        yield _module(view.source, "django", f"configuration of the installed application {package}")
        ready = f"{scope.name}.ready"
        if any(function.qualname == ready for function in view.scopes("function")):
            yield _call(view, ready, "django", "startup", f"`ready()` of the installed application {package}")
    for name in (package, f"{package}.models", *([f"{package}.admin"] if has_admin else [])):
        source = search.project.modules.get(name)
        if source is not None:
            yield _module(source, "django", f"installed application {package}")


def _configuration(search: Search, entry: str) -> tuple[View, Scope] | None:
    """The AppConfig class of an entry: the one that it names, or the one of its `apps` module."""
    module, _, name = entry.rpartition(".")
    is_package = entry in search.project.modules
    view = search.view(f"{entry}.apps" if is_package else module)
    classes = [scope for scope in view.scopes("class") if "." not in scope.qualname] if view else []
    chosen = [scope for scope in classes if scope.name == name or (is_package and scope.name.endswith("Config"))]
    return (view, chosen[0]) if view and chosen else None


def _middleware(search: Search, entry: str) -> Iterator[EntryPoint]:
    """A class is made at the start and called with each request; a function is called at the start."""
    module, _, name = entry.rpartition(".")
    view = search.view(module)
    if view is None:
        return
    reason = f"middleware {entry}"
    yield _module(view.source, "middleware", reason)
    functions = {scope.qualname for scope in view.scopes("function")}
    if name in functions:
        yield _call(view, name, "middleware", "startup", reason)
    for method, phase in MIDDLEWARE_METHODS.items():
        if f"{name}.{method}" in functions:
            yield _call(view, f"{name}.{method}", "middleware", phase, reason)


def _management_commands(search: Search) -> Iterator[EntryPoint]:
    for source in search.sources:
        parts = source.name.split(".")
        if parts[-3:-1] == ["management", "commands"] and not parts[-1].startswith("_"):
            view = search.view(source.name)
            if view and any(scope.qualname == "Command" for scope in view.scopes("class")):
                handle = "Command.handle"
                yield _call(view, handle, "command", "request", f"management command `{parts[-1]}`")
