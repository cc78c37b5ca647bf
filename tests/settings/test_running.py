"""Which modules services run: of Django those that it imports by name, in each compose file by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

BASE = """import environ

env = environ.Env(MAIL_PORT=(int, 25))
INSTALLED_APPS = ["parents"]
ROOT_URLCONF = "shop.urls"
KEYS = env("A_KEY"), env("B_URL"), env("C_URL")
MAIL_PORT = env("MAIL_PORT")
"""
STARTING = 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.{}")\n'
APPS = """import os

from django.apps import AppConfig


class ParentsConfig(AppConfig):
    name = "parents"

    def ready(self):
        configure(os.environ["PUSH_KEY"])


def configure(key):
    print(key)
"""
SERVICES = """services:
  web:
    image: registry/shop
    command: gunicorn shop.wsgi
    env_file: deploy/{0}.env
    environment: {{A_KEY: x, B_URL: x, PUSH_KEY: x}}
  jobs:
    image: registry/shop
    command: gunicorn shop.wsgi
    env_file: deploy/{0}.env
    environment: {{A_KEY: x, B_URL: x, PUSH_KEY: x}}
"""
PRODUCTION = SERVICES.format("production")
STAGING = SERVICES.format("staging").partition("  jobs:")[0]
OWN = "C_URL=x\nMAIL_HOST=x\nMAIL_PORT=587\n"
LOCAL = """services:
  web:
    build: .
    command: python manage.py runserver
    environment: {DJANGO_SETTINGS_MODULE: shop.settings.local, A_KEY: x, B_URL: x, C_URL: x, PUSH_KEY: x}
"""
SHOP = {
    "manage.py": STARTING.format("local") + "from django.core.management import execute_from_command_line\n",
    "shop/__init__.py": "",
    "shop/urls.py": "urlpatterns = []\n",
    "shop/wsgi.py": STARTING.format("production") + "import django.core.wsgi\n",
    "shop/settings/__init__.py": "",
    "shop/settings/base.py": BASE,
    "shop/settings/local.py": "from .base import *\n",
    "shop/settings/production.py": 'from .base import *\nfrom .base import env\nMAIL_HOST = env("MAIL_HOST")\n',
    "parents/__init__.py": "",
    "parents/apps.py": APPS,
    "Dockerfile": "FROM python:3.12\nCOPY . .\n",
    "compose.yaml": LOCAL,
    "compose.production.yaml": PRODUCTION,
    "compose.staging.yaml": STAGING,
    "deploy/production.env": OWN,
    "deploy/staging.env": OWN,
    ".github/workflows/deploy.yml": """on: push
jobs:
  deploy:
    strategy: {matrix: {stage: [staging, production]}}
    runs-on: ubuntu-latest
    steps: [{run: 'docker compose -f compose.${{ matrix.stage }}.yaml up -d'}]
""",
}


@pytest.mark.parametrize(
    ("path", "lost", "told"),
    [
        pytest.param("compose.yaml", "", "", id="nothing"),
        pytest.param(
            "deploy/production.env", "MAIL_HOST=x\n",
            "error SSOT206 deploy/production.env:2 the services `jobs` and `web` lack `MAIL_HOST`", id="settings",
        ),
        pytest.param(
            "compose.staging.yaml", ", PUSH_KEY: x",
            "error SSOT206 compose.staging.yaml:6 the service `web` lacks `PUSH_KEY`", id="ready",
        ),
        pytest.param(
            "deploy/staging.env", "MAIL_PORT=587\n", "", id="default of the scheme",
        ),
    ],
)  # fmt: skip
def test_each_compose_file_is_of_its_settings_module(tmp_path: Path, path: str, lost: str, told: str) -> None:
    write(tmp_path, SHOP | {path: SHOP[path].replace(lost, "") if lost else SHOP[path]})
    found = [
        each.replace(" ", f" {code} ", 1)
        for code in ("SSOT202", "SSOT203", "SSOT206", "SSOT207")
        for each in said(tmp_path, code)
        if not each.startswith("note")
    ]
    assert [each.partition(": the code")[0] for each in found] == ([told] if told else [])


@pytest.mark.parametrize(("value", "is_told"), [("587", False), ("smtp", True)])
def test_what_the_scheme_makes_of_a_value(tmp_path: Path, value: str, is_told: bool) -> None:
    write(tmp_path, SHOP | {"deploy/staging.env": OWN.replace("587", value)})
    assert bool(said(tmp_path, "SSOT210")) is is_told


def test_a_service_of_one_environment_is_not_missed_in_another(tmp_path: Path) -> None:
    """`jobs` runs in production alone: that nothing gives it something in staging is no gap there."""
    given = {"compose.staging.yaml": STAGING.replace("PUSH_KEY: x", "PUSH_KEY: x, E_URL: x")}
    code = {"shop/settings/base.py": BASE + 'E_URL = env("E_URL")\n', "deploy/production.env": OWN + "E_URL=x\n"}
    write(tmp_path, SHOP | given | code)
    assert said(tmp_path, "SSOT207") == []
