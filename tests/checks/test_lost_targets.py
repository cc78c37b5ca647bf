from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, told

APP = {
    "app/__init__.py": "",
    "app/main.py": "from fastapi import FastAPI\napp = FastAPI()\n",
    "app/jobs/__init__.py": "",
    "app/jobs/mail.py": "",
}


def lost(root: Path, **files: str) -> list[str]:
    """What is reported, with further files (`__` stands for `/`, `_DOT_` for a dot)."""
    others = {name.replace("_DOT_", ".").replace("__", "/"): text for name, text in files.items()}
    return told(root, {**APP, **others}, select="SSOT110")


@pytest.mark.parametrize(
    "command",
    [
        "uvicorn app.server:app", "uvicorn app.main:application", "uvicorn --reload --port 80 app.server:app",
        "uvicorn --factory app.main:create_app", "gunicorn -k uvicorn.workers.UvicornWorker app.server:app",
        "gunicorn -c python:app.jobs -b web:port app.server:app", "python -m app.server", "python -m app.jobs",
        "python -m uvicorn app.server:app", "celery -A app.worker worker", "celery --app=app.worker beat",
        "celery -A app.jobs.queue:queue worker", "poetry run uvicorn app.main:application", "hypercorn app.main:gone",
        "flask --app app.server run",
    ],
)  # fmt: skip
@pytest.mark.parametrize("file", ["Dockerfile", "Procfile"])
def test_reports_a_command_whose_target_is_gone(tmp_path: Path, file: str, command: str) -> None:
    line = {"Dockerfile": f"CMD {command}", "Procfile": f"web: {command}"}[file]
    text = f"FROM python:3.11\n{line}\n" if file == "Dockerfile" else f"{line}\n"
    assert lost(tmp_path, **{file: text}) == [f"{file}: {line} [import]"]


@pytest.mark.parametrize(
    "command",
    [
        "uvicorn app.main:app", "uvicorn main:app", "uvicorn gone.main:app", "uvicorn server:app",
        "celery -A app.jobs.mail worker -Q app.gone", "celery -A app.jobs.mail worker -n app.gone:x",
        "python -m other.tool", "python -m app.jobs.mail", "python gone.py", "python -m app", "echo app.server:app",
        "gunicorn -c app/gunicorn.conf.py app.main:app", "uvicorn app._version:app", "uvicorn jobs.mail:__doc__",
        "uvicorn --app-dir /srv/app jobs.mail:__doc__", "uvicorn $APP", "uvicorn app.$MODULE:app",
    ],
)  # fmt: skip
def test_is_silent_about_commands_whose_target_may_be_there(tmp_path: Path, command: str) -> None:
    files = {"app____main__.py": "", "Dockerfile": f"FROM python:3.11\nCMD {command}\n"}
    assert told(tmp_path, {**APP, "app/__main__.py": "", "Dockerfile": files["Dockerfile"]}, select="SSOT110") == []


def test_sees_a_module_from_the_directory_of_the_command(tmp_path: Path) -> None:
    files = {
        "api/app/__init__.py": "", "api/app/main.py": "app = 1\n", "api/Dockerfile": "CMD uvicorn app.main:app\n",
        "jobs/app/__init__.py": "", "jobs/app/run.py": "", "jobs/Dockerfile": "CMD python -m app.main\n",
        "web/Dockerfile": "CMD python -m app.run\n",
        "docker-compose.yml": "services:\n  api:\n    build: api\n    command: uvicorn app.main:create\n",
    }  # fmt: skip
    assert told(tmp_path, files, select="SSOT110") == ["docker-compose.yml: command: uvicorn app.main:create [import]"]


def test_reads_the_scripts_that_commands_run(tmp_path: Path) -> None:
    script = "#!/bin/sh\nset -e\npython -m app.migrate\nexec uvicorn app.main:app\n"
    files = {**APP, "Dockerfile": 'CMD ["./start.sh"]\n', "start.sh": script}
    assert told(tmp_path, files, select="SSOT110") == ["start.sh: python -m app.migrate [import]"]


def test_says_where_and_what(tmp_path: Path) -> None:
    [found] = findings(tmp_path, {**APP, "Dockerfile": "CMD uvicorn \\\n  app.server:app\n"}, select="SSOT110")
    assert (found.span.line, found.span.column, found.span.end_column) == (2, 3, 13)
    assert found.violation.level == "error"
    assert found.violation.message == (
        "there is no module `app.server`: `uvicorn app.server:app` in Dockerfile names it"
    )


def test_no_command_of_documentation_tests_or_examples_counts(tmp_path: Path) -> None:
    files = {**APP, **{f"{name}/Dockerfile": "CMD uvicorn app.gone:app\n" for name in ("docs", "tests", "examples")}}
    assert told(tmp_path, files, select="SSOT110") == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("app/main.py", "def __getattr__(name): return name\n"),
        ("app/main.py", "from outside import *\n"),
        ("app/__init__.py", "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n"),
        ("app/server.pyx", ""),
        (".gitignore", "app/server.py\n"),
        ("Makefile", "build:\n\tgenerate > app/server.py\n"),
    ],
)
def test_what_may_be_made_is_not_lost(tmp_path: Path, name: str, text: str) -> None:
    target = "app.main:application" if name == "app/main.py" else "app.server:app"
    files = {**APP, "Procfile": f"web: uvicorn {target}\n", name: text}
    assert told(tmp_path, files, select="SSOT110") == []


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("pyproject.toml", '[project.scripts]\nrun = "app.cli:main"\n', 'run = "app.cli:main"'),
        ("pyproject.toml", '[project.scripts]\nrun = "app.main:main"\nok = "app.main:app"\n', 'run = "app.main:main"'),
        ("pyproject.toml", '[tool.poetry.scripts]\nrun = "app.cli:main"\n', 'run = "app.cli:main"'),
        ("setup.cfg", "[options.entry_points]\nconsole_scripts =\n  run = app.cli:main\n", "run = app.cli:main"),
        ("setup.py", "from setuptools import setup\nsetup(entry_points={'console_scripts': ['run=app.cli:main']})\n",
         "setup(entry_points={'console_scripts': ['run=app.cli:main']})"),
    ],
)  # fmt: skip
def test_reports_declared_commands_that_are_gone(tmp_path: Path, file: str, text: str, line: str) -> None:
    assert told(tmp_path, {**APP, file: text}, select="SSOT110") == [f"{file}: {line} [import]"]


def test_a_plug_in_that_is_gone_is_a_warning(tmp_path: Path) -> None:
    files = {**APP, "pyproject.toml": '[project.entry-points.pytest11]\nrun = "app.plugin"\n'}
    assert [found.violation.level for found in findings(tmp_path, files, select="SSOT110")] == ["warning"]


def test_an_entry_point_that_is_commented_out_is_none(tmp_path: Path) -> None:
    text = "from setuptools import setup\nsetup(entry_points={'console_scripts': [\n    # 'run = app.cli:main',\n]})\n"
    assert told(tmp_path, {**APP, "setup.py": text}, select="SSOT110") == []


def test_reports_modules_of_tasks_that_are_gone(tmp_path: Path) -> None:
    text = """\
    from celery import Celery
    celery = Celery("app", include=["app.jobs.mail", "app.jobs.report", "plugins.tasks"])
    celery.conf.imports = ["app.jobs.clean"]
    celery.autodiscover_tasks(["app.jobs"])
    """
    assert told(tmp_path, {**APP, "app/worker.py": text}, select="SSOT110") == [
        'app/worker.py: celery = Celery("app", include=["app.jobs.mail", "app.jobs.report", "plugins.tasks"]) [import]',
        'app/worker.py: celery.conf.imports = ["app.jobs.clean"] [import]',
    ]


DJANGO = {
    "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_.settings")\n',
    "site_/__init__.py": "", "site_/urls.py": "urlpatterns = []\n", "site_/orders/__init__.py": "",
    "site_/orders/apps.py": "from django.apps import AppConfig\nclass OrdersConfig(AppConfig): ...\n",
    "site_/guards.py": "class Guard: ...\n",
    "site_/wsgi.py": "from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n",
}  # fmt: skip


def test_reports_what_settings_name_and_is_gone(tmp_path: Path) -> None:
    settings = """\
    ROOT_URLCONF = "site_.routes"
    WSGI_APPLICATION = "site_.wsgi.app"
    INSTALLED_APPS = [
        "django.contrib.auth",
        "site_.orders.apps.OrdersConfig",
        "site_.orders",
        "site_.billing",
        "site_.orders.apps.ShopConfig",
        "other.billing",
        "billing",
    ]
    if __debug__:
        INSTALLED_APPS += ["site_.debugging"]
    MIDDLEWARE = ["site_.guards.Guard", "site_.guards.Gone", "site_.gone.Guard"]
    """
    assert told(tmp_path, {**DJANGO, "site_/settings.py": settings}, select="SSOT110") == [
        'site_/settings.py: ROOT_URLCONF = "site_.routes" [import]',
        'site_/settings.py: WSGI_APPLICATION = "site_.wsgi.app" [import]',
        'site_/settings.py: "site_.billing", [import]',
        'site_/settings.py: "site_.orders.apps.ShopConfig", [import]',
        'site_/settings.py: MIDDLEWARE = ["site_.guards.Guard", "site_.guards.Gone", "site_.gone.Guard"] [import]',
        'site_/settings.py: MIDDLEWARE = ["site_.guards.Guard", "site_.guards.Gone", "site_.gone.Guard"] [import]',
    ]


def test_settings_that_nobody_has_are_lost_and_copies_of_samples_are_not(tmp_path: Path) -> None:
    assert told(tmp_path / "a", DJANGO, select="SSOT110") == [
        'manage.py: os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_.settings") [import]'
    ]
    assert told(tmp_path / "b", {**DJANGO, "site_/settings_example.py": ""}, select="SSOT110") == []


def test_a_lost_target_is_told_from_the_cache_too(tmp_path: Path) -> None:
    files = {**APP, "Dockerfile": "CMD uvicorn app.server:app\n"}
    assert len(findings(tmp_path, files, select="SSOT110")) == 1
    (tmp_path / "app/server.py").write_text("app = 1\n")
    assert findings(tmp_path, {}, select="SSOT110") == []
