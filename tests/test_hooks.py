"""Hooks: the entry points that only the call graph knows."""

from __future__ import annotations

import pytest

from ssot_lint.callgraph.graph import Hook, short
from ssot_lint.findings import Phase, Site
from ssot_lint.hooks import kind


@pytest.mark.parametrize(
    ("via", "phase", "expected"),
    [
        ("fastapi.FastAPI lifespan", "startup", "lifespan"),
        ("fastapi.FastAPI on_startup", "startup", "event"),
        ("starlette.applications.Starlette.add_event_handler func", "shutdown", "shutdown"),
        ("fastapi.APIRouter.get", "request", "route"),
        ("fastapi.Depends dependency", "request", "dependency"),
        ("fastapi.FastAPI.add_middleware middleware_class", "request", "middleware"),
        ("fastapi.FastAPI.add_exception_handler endpoint", "request", "exception-handler"),
        ("celery.shared_task", "request", "task"),
        ("click.command", "request", "cli"),
        ("atexit.register", "shutdown", "shutdown"),
        ("django.dispatch.Signal.connect", "request", "event"),
    ],
)
def test_what_a_hook_is(via: str, phase: Phase, expected: str) -> None:
    assert kind(Hook("app", "f", phase, via, Site("app", 1))) == expected


@pytest.mark.parametrize(
    ("via", "expected"),
    [
        ("fastapi.FastAPI lifespan", "FastAPI lifespan"),
        ("fastapi.APIRouter.get endpoint", "APIRouter.get"),
        ("atexit.register", "atexit.register"),
        ("celery.app.task", "app.task"),
        ("task", "task"),
    ],
)
def test_how_a_hook_is_named(via: str, expected: str) -> None:
    assert short(via) == expected
