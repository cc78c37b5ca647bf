"""What starts a program calls what it names with nothing, or, as Django does with middleware, with one thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

SCRIPTS = """
[project]
name = "x"
requires-python = ">=3.11"
[project.scripts]
run = "app.cli:main"
"""
CLI = """
import click
import uvicorn
from app.web import create_app
{definition}
    uvicorn.run(create_app({given}), port=1)
"""
WEB = """
from fastapi import FastAPI
{factory}
    return FastAPI()
"""


def messages(root: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    found = findings(root, {"app/__init__.py": "", **files}, select="SSOT112")
    return [(each.violation.level, each.violation.message) for each in found]


@pytest.mark.parametrize(
    ("definition", "said"),
    [
        ("def main(argv):", "main() misses the required argument `argv`: what starts it gives no arguments"),
        ("def main(*, port):", "main() misses the required argument `port`: what starts it gives no arguments"),
        ("async def main():", "main() is a coroutine function, and nothing awaits it"),
        ("def main(argv=None):", ""), ("def main(*argv):", ""), ("@click.command()\ndef main(port):", ""),
        ("@given\ndef main(argv):", ""),
    ],
)  # fmt: skip
def test_a_command_is_called_without_arguments(tmp_path: Path, definition: str, said: str) -> None:
    files = {
        "pyproject.toml": SCRIPTS,
        "app/cli.py": "from outside import given\n" + CLI.format(definition=definition, given=""),
        "app/web.py": WEB.format(factory="def create_app():"),
    }
    assert messages(tmp_path, files) == ([("error", said)] if said else [])


@pytest.mark.parametrize("factory", ["def create_app(settings):", "def create_app(settings=None):"])
@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Procfile", "web: uvicorn app.web:create_app --factory"),
        ("Procfile", "web: gunicorn 'app.web:create_app()'"),
        ("Procfile", "web: uvicorn app:create_app --factory"),
        ("app/__main__.py", "import uvicorn\nuvicorn.run('app.web:create_app', factory=True)\n"),
    ],
)
def test_a_factory_is_called_without_arguments(tmp_path: Path, path: str, text: str, factory: str) -> None:
    said = ("error", "create_app() misses the required argument `settings`: what starts it gives no arguments")
    files = {"app/__init__.py": "from app.web import create_app", "app/web.py": WEB.format(factory=factory), path: text}
    assert messages(tmp_path, files) == [said] * ("None" not in factory)


def test_what_a_call_gives_a_factory_is_not_known_here(tmp_path: Path) -> None:
    web = WEB.format(factory="def create_app(settings):")
    assert messages(tmp_path, {"app/web.py": web, "Procfile": "web: gunicorn 'app.web:create_app(1)'"}) == []


SETTINGS = """
ROOT_URLCONF = "app.urls"
INSTALLED_APPS = ["app.apps.Config"]
MIDDLEWARE = ["app.mid.Made", "app.mid.called"]
WSGI_APPLICATION = "app.wsgi.application"
"""
WSGI = """
import os
from django.core.wsgi import get_wsgi_application
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "app.settings")
application = get_wsgi_application()
"""
MIDDLEWARE = """
from django.utils.deprecation import MiddlewareMixin
class Made({base}):
    def __init__(self, {made}): self.get_response = get_response
    def __call__(self, request): return self.get_response(request)
def called({called}): return get_response
"""


@pytest.mark.parametrize("base", ["", "MiddlewareMixin"])
@pytest.mark.parametrize(
    ("made", "called", "said"),
    [
        ("get_response", "get_response", []),
        ("get_response=None, size=1", "get_response, *more", []),
        ("get_response, registry", "get_response", ["Made() misses the required argument `registry`"]),
        ("get_response", "get_response, size", ["called() misses the required argument `size`"]),
    ],
)
def test_middleware_gets_the_next_handler(tmp_path: Path, base: str, made: str, called: str, said: list[str]) -> None:
    files = {
        "app/settings.py": SETTINGS,
        "app/wsgi.py": WSGI,
        "app/urls.py": "urlpatterns = []",
        "app/apps.py": "from django.apps import AppConfig\nclass Config(AppConfig): name = 'app'\n",
        "app/mid.py": MIDDLEWARE.format(base=base, made=made, called=called),
    }
    assert messages(tmp_path, files) == [("error", f"{each}: what starts it gives the next handler") for each in said]
