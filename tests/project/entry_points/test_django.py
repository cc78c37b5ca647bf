"""Django projects."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_lint.project.entry_points import FoundEntryPoints

Find = Callable[[dict[str, str]], FoundEntryPoints]

MANAGE = """\
import os
def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.prod")
if __name__ == "__main__":
    main()
"""
BASE = """\
DJANGO = ["django.contrib.admin"]
INSTALLED_APPS = DJANGO + ["orders.apps.OrdersConfig", *LOCAL] if True else []
LOCAL = ("people",)
INSTALLED_APPS = [*DJANGO, "orders.apps.OrdersConfig"] + list(LOCAL)
ROOT_URLCONF = "shop.urls"
MIDDLEWARE = ["django.middleware.X", "shop.middleware.Trace", "shop.middleware.simple"]
"""
PROD = """\
from .base import *
INSTALLED_APPS += ["late"]
INSTALLED_APPS.append("later")
if DEBUG:
    MIDDLEWARE = MIDDLEWARE + ["shop.debug.Only"]
"""
PROJECT = {
    "manage.py": MANAGE,
    "shop/__init__.py": "",
    "shop/settings/__init__.py": "",
    "shop/settings/base.py": BASE,
    "shop/settings/prod.py": PROD,
    "shop/settings/dev.py": "from .base import *",
    "shop/urls.py": "from django.urls import include, path\nurlpatterns = [path('', include('orders.urls'))]",
    "shop/wsgi.py": "from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()",
    "shop/asgi.py": "from django.core import asgi\napplication = asgi.get_asgi_application()",
    "shop/middleware.py": "class Trace:\n    def __init__(self, n): ...\n    def __call__(self, r): ...\n"
    "def simple(n): ...",
    "shop/debug.py": "class Only:\n    def process_view(self): ...",
    "orders/__init__.py": "",
    "orders/apps.py": "from django.apps import AppConfig\nclass OrdersConfig(AppConfig):\n    def ready(self): ...",
    "orders/models.py": "",
    "orders/admin.py": "",
    "orders/urls.py": "",
    "orders/views.py": "",
    "orders/management/commands/ship.py": "from x import Base\nclass Command(Base):\n    def handle(self): ...",
    "orders/management/commands/_private.py": "class Command: ...",
    "people/__init__.py": "",
    "people/models.py": "",
    "late/__init__.py": "",
    "later/__init__.py": "",
}


@pytest.fixture
def found(entry_points: Find) -> dict[str, tuple[str, str]]:
    """Kind and phase by spec."""
    return {point.spec: (point.kind, point.phase) for point in entry_points(PROJECT).entry_points}


def test_everything_that_django_imports(found: dict[str, tuple[str, str]]) -> None:
    imported = {spec for spec, (kind, phase) in found.items() if kind == "django" and phase == "import"}
    assert imported == {
        "late", "later", "orders", "orders.admin", "orders.apps", "orders.models", "orders.urls", "people",
        "people.models", "shop.settings.prod", "shop.urls",
    }  # fmt: skip


def test_server_modules(found: dict[str, tuple[str, str]]) -> None:
    assert found["shop.wsgi"] == ("wsgi", "import")
    assert found["shop.asgi"] == ("asgi", "import")


def test_ready_and_commands(found: dict[str, tuple[str, str]]) -> None:
    assert found["orders.apps:OrdersConfig.ready"] == ("django", "startup")
    assert {spec: how for spec, how in found.items() if how[0] == "command"} == {
        "orders.management.commands.ship:Command.handle": ("command", "request"),
    }


def test_middleware(found: dict[str, tuple[str, str]]) -> None:
    assert {spec: phase for spec, (kind, phase) in found.items() if kind == "middleware"} == {
        "shop.middleware": "import",
        "shop.middleware:Trace.__init__": "startup",
        "shop.middleware:Trace.__call__": "request",
        "shop.middleware:simple": "startup",
        "shop.debug": "import",
        "shop.debug:Only.process_view": "request",
    }


def test_settings_that_nothing_names_are_known_by_their_content(entry_points: Find) -> None:
    found = entry_points(
        {"shop/settings.py": "ROOT_URLCONF = 'shop.urls'", "shop/urls.py": "", "x.py": "'ROOT_URLCONF'"}
    )
    assert [point.spec for point in found.entry_points] == ["shop.settings", "shop.urls"]


def test_urls_and_settings_that_go_in_circles_end(entry_points: Find) -> None:
    found = entry_points(
        {
            "s/one.py": "from s.two import *\nROOT_URLCONF = 's.urls'\nINSTALLED_APPS = INSTALLED_APPS + ['s']",
            "s/two.py": "from s.one import *",
            "s/urls.py": "from django.conf.urls import include\ninclude('s.urls')",
            "s/__init__.py": "",
        }
    )
    assert [point.spec for point in found.entry_points] == ["s", "s.one", "s.urls"]
