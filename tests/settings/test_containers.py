"""What services of compose files and workloads of clusters lack of what their code needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write
from tests.settings.two_services import CODE, COMPOSE, WORKLOAD

LOCAL = """services:
  web:
    build: {context: ., dockerfile: web/Dockerfile}
    env_file: [local/shared.env]
    environment: {DB_BUCKET: e}
  jobs:
    build: {context: ., dockerfile: jobs/Dockerfile}
    env_file: [local/shared.env]
    environment: {MAIL_API_KEY: b, DB_BUCKET: e}
"""
SHARED = {"local/shared.env": "JWT_SECRET_KEY=a\nDB_PASSWORD=b\nDB_USER_KEY=c\nOAUTH_SECRET_STAGING=d\n"}
NO_FILE = LOCAL.replace(
    "    env_file: [local/shared.env]\n    environment: {DB_BUCKET: e}", "    environment: {DB_BUCKET: e}"
)


@pytest.mark.parametrize(
    ("compose", "files", "lacks"),
    [
        (LOCAL, SHARED, ""),
        (LOCAL.replace("MAIL_API_KEY: b, ", ""), SHARED, "`jobs` lacks `MAIL_API_KEY`"),
        (LOCAL.replace("MAIL_API_KEY: b, ", "MAIL_API_KEY: , "), SHARED, ""),  # handed on
        # what git ignores may hold anything
        (LOCAL.replace("MAIL_API_KEY: b, ", "").replace("shared.env", "own.env"), SHARED, ""),
        (LOCAL.replace("MAIL_API_KEY: b, ", ""), SHARED | {".env": "MAIL_API_KEY=a\n"}, ""),
        (LOCAL.replace("MAIL_API_KEY: b, ", ""), SHARED | {".env.staging": "MAIL_API_KEY=a\n"}, "`jobs` lacks"),
        (NO_FILE, SHARED, "`web` lacks `JWT_SECRET_KEY`, `DB_PASSWORD`"),  # the other one is given the file
        # no service is given the file, and nothing names it
        (NO_FILE.replace("    env_file: [local/shared.env]\n", ""), {"all.env": SHARED["local/shared.env"]},
         "`web` lacks `JWT_SECRET_KEY`"),
        (NO_FILE.replace("DB_BUCKET: e}\n  jobs", "DB_BUCKET: e, DB_PASSWORD: a, JWT_SECRET_KEY: b}\n  jobs"), SHARED,
         "`web` lacks `DB_USER_KEY`"),
    ],
)  # fmt: skip
def test_what_a_service_of_a_compose_file_lacks(
    tmp_path: Path, compose: str, files: dict[str, str], lacks: str
) -> None:
    write(tmp_path, {**CODE, **files, "docker-compose.yml": compose, "mapping.py": MAPPING})
    found = said(tmp_path, "SSOT206")
    assert len(found) == bool(lacks)
    assert all(each.startswith("warning docker-compose.yml") and lacks in each for each in found)


MAPPING = "SECRETS = {'MAIL_API_KEY': 'mail-api-key', 'DB_USER_KEY': 'db-user-key', 'OAUTH_SECRET_STAGING': 'oauth'}\n"


@pytest.mark.parametrize(
    ("own", "handed", "lacks"),
    [
        ("- {name: MAIL_API_KEY, valueFrom: {secretKeyRef: {name: mail, key: a}}}", "", ""),
        ("", "secretRef: {name: not-here}", ""),
        ("", "", "`jobs` lacks `MAIL_API_KEY`"),
    ],
)
def test_what_a_workload_lacks(tmp_path: Path, own: str, handed: str, lacks: str) -> None:
    workload = WORKLOAD.format("jobs", own, handed and "{" + handed + "}")
    write(tmp_path, {**CODE, "docker-compose.yml": COMPOSE, "k8s/jobs.yaml": workload})
    found = said(tmp_path, "SSOT206")
    assert len(found) == bool(lacks)
    assert all(each.startswith("error k8s/jobs.yaml") and lacks in each for each in found)


EXTENDING = """services:
  base:
    build: {context: ., dockerfile: web/Dockerfile}
    environment: {JWT_SECRET_KEY: z, MAIL_API_KEY: b, DB_BUCKET: e, DB_PASSWORD: a, DB_USER_KEY: b}
  jobs:
    extends: {how}
    build: {context: ., dockerfile: jobs/Dockerfile}
    environment: {DB_PASSWORD: a, DB_USER_KEY: b, DB_BUCKET: c}
"""


@pytest.mark.parametrize(
    ("how", "files", "lacks"),
    [
        ("base", {}, False),
        ("{service: base}", {}, False),
        ("{service: base, file: common.yml}", {}, False),
        ("none", {}, True),
        ("none", {"entrypoint.sh": 'export MAIL_API_KEY="$(cat /run/secrets/mail)"\nexec "$@"\n'}, False),
        ("none", {"entrypoint.sh": 'export MAIL_API_KEYS=1\nexec "$@"\n'}, True),
    ],
)
def test_what_a_service_is_given_otherwise(tmp_path: Path, how: str, files: dict[str, str], lacks: bool) -> None:
    compose = EXTENDING.replace("{how}", how)
    write(tmp_path, {**CODE, **files, "docker-compose.yml": compose, "mapping.py": MAPPING})
    assert any("`jobs` lacks `MAIL_API_KEY`" in each for each in said(tmp_path, "SSOT206")) is lacks
    assert said(tmp_path, "SSOT209") == []


def test_a_small_workload_that_lacks_one_of_three(tmp_path: Path) -> None:
    manifest = """apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: production}
spec:
  template:
    spec:
      containers:
        - command: [python, -m, main]
          env: [{name: A_URL, value: x}, {name: B_URL, value: x}]
"""
    code = "import os\n" + "".join(f'os.environ["{letter}_URL"]\n' for letter in "ABC")
    files = {"ssot-lint.toml": 'entry-points = ["main"]\n', "main.py": code, "production.env": "C_URL=x\n"}
    write(tmp_path, {**files, "k8s/web.yaml": manifest})
    assert "the service `web` lacks `C_URL`" in "".join(said(tmp_path, "SSOT206"))
    write(tmp_path, {"start.sh": ". ./production.env\n"})
    assert said(tmp_path, "SSOT206") == []


NEEDING = "import os\n" + "".join(f'os.environ["{letter}_URL"]\n' for letter in "ABCDE")


MANAGE = """import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
if __name__ == "__main__":
    from django.core.management import execute_from_command_line
    execute_from_command_line(sys.argv)
"""


@pytest.mark.parametrize(
    ("more", "lacks"), [("", True), (", E_URL: e", False), (", DJANGO_SETTINGS_MODULE: shop.local", False)]
)
def test_what_django_imports_by_name_is_run_too(tmp_path: Path, more: str, lacks: bool) -> None:
    compose = f"""services:
  web:
    command: python manage.py runserver
    environment: {{A_URL: a, B_URL: b, C_URL: c, D_URL: d{more}}}
  jobs: {{image: "redis:7", environment: {{E_URL: e}}}}
"""
    settings = "ROOT_URLCONF = 'shop.urls'\n" + NEEDING
    files = {"manage.py": MANAGE, "shop/__init__.py": "", "shop/urls.py": "", "shop/settings.py": settings}
    write(tmp_path, {**files, "compose.yaml": compose})
    assert ("`E_URL`" in "".join(said(tmp_path, "SSOT206"))) is lacks


@pytest.mark.parametrize(("told", "lacks"), [("", True), (", DJANGO_SETTINGS_MODULE: shop.development", False)])
def test_each_service_has_the_settings_that_it_is_told(tmp_path: Path, told: str, lacks: bool) -> None:
    compose = f"""services:
  web:
    command: gunicorn shop.wsgi
    environment: {{A_URL: a, B_URL: b, C_URL: c, D_URL: d{told}}}
  jobs: {{image: "redis:7", environment: {{DJANGO_SETTINGS_MODULE: shop.production, E_URL: e}}}}
"""
    wsgi = MANAGE.partition("if ")[0].replace("shop.settings", "shop.production") + "import django.core.wsgi\n"
    base = "import os\nROOT_URLCONF = 'shop.urls'\n" + "".join(f'os.environ["{letter}_URL"]\n' for letter in "ABCD")
    files = {
        "manage.py": MANAGE.replace("shop.settings", "shop.development"), "shop/__init__.py": "", "shop/urls.py": "",
        "shop/wsgi.py": wsgi, "shop/base.py": base, "shop/development.py": "from shop.base import *\n",
        "shop/production.py": 'import os\nfrom shop.base import *\nos.environ["E_URL"]\n',
    }  # fmt: skip
    write(tmp_path, {**files, "compose.yaml": compose})
    assert ("`E_URL`" in "".join(said(tmp_path, "SSOT206"))) is lacks


TASKS = """import os
from celery import shared_task
def token():
    return os.environ["MAIL_TOKEN"]
@shared_task
def send():
    token()
"""


@pytest.mark.parametrize(
    ("view", "lacks"),
    [
        ("from shop.tasks import send\nsend.delay()\n", False),
        ("import shop.tasks\nshop.tasks.send.s().apply_async()\n", False),
        ("from shop.tasks import send\nsend()\n", True),
    ],
)
def test_tasks_run_where_a_worker_does(tmp_path: Path, view: str, lacks: bool) -> None:
    compose = """services:
  web: {command: "uvicorn shop.web:app", environment: {A_URL: a, B_URL: b, C_URL: c}}
  jobs: {command: "celery -A shop.worker worker", environment: {A_URL: a, B_URL: b, C_URL: c, MAIL_TOKEN: x}}
"""
    needs = "import os\n" + "".join(f'os.environ["{letter}_URL"]\n' for letter in "ABC")
    files = {
        "shop/__init__.py": "", "shop/needs.py": needs, "shop/tasks.py": TASKS,
        "shop/web.py": f"from fastapi import FastAPI\nimport shop.needs\napp = FastAPI()\n{view}",
        "shop/worker.py": "from celery import Celery\nimport shop.needs\nimport shop.tasks\napp = Celery('shop')\n",
    }  # fmt: skip
    write(tmp_path, {**files, "compose.yaml": compose})
    assert ("`web` lacks `MAIL_TOKEN`" in "".join(said(tmp_path, "SSOT206"))) is lacks


ONLY_FILE = """services:
  web:
    build: {context: ., dockerfile: web/Dockerfile}
    env_file: [web.env]
  cache: {image: "redis:7"}
"""
DROPPED = ONLY_FILE.replace("    env_file: [web.env]\n", "")
OWN = {"web.env": "JWT_SECRET_KEY=a\nDB_PASSWORD=b\nDB_USER_KEY=c\nOAUTH_SECRET_STAGING=d\nDB_BUCKET=e\n"}


@pytest.mark.parametrize(
    ("compose", "files", "lacks"),
    [
        (ONLY_FILE, OWN, False),
        (DROPPED, OWN, True),
        (DROPPED.replace("    build", "    environment: {DB_BUCKET: e}\n    build"), OWN, True),
        (ONLY_FILE.replace("web.env", "not-there.env"), OWN, False),  # git may ignore it
        (DROPPED, {}, False),  # who knows from where it has them
        (DROPPED, OWN | {"web/boot.py": "load_dotenv('web.env')\n"}, False),
        (DROPPED, OWN | {"run.sh": "docker run --env-file web.env shop\n"}, False),
        (DROPPED, {".env": OWN["web.env"]}, False),  # the program may read it
        (DROPPED, {"web.env": "JWT_SECRET_KEY=a\nX_KEY=b\n"}, False),  # a file of something else
        (DROPPED, {"web.env.example": OWN["web.env"]}, False),
        (DROPPED, {"production.env": OWN["web.env"]}, False),
        (DROPPED.replace("build:", "extends: {file: other.yml, service: web}\n    build:"), OWN, False),
    ],
)
def test_a_service_that_has_lost_its_only_file(
    tmp_path: Path, compose: str, files: dict[str, str], lacks: bool
) -> None:
    write(tmp_path, {**CODE, **files, "docker-compose.yml": compose})
    found = [each for each in said(tmp_path, "SSOT206") if "the service `web` lacks" in each]
    assert bool(found) is lacks
    assert all(each.startswith("warning docker-compose.yml:") for each in found)


SOME = ONLY_FILE.replace(
    "env_file: [web.env]", "environment: {JWT_SECRET_KEY: a, DB_PASSWORD: b, DB_USER_KEY: c, OAUTH_SECRET_STAGING: d}"
)


@pytest.mark.parametrize(
    ("files", "lacks"),
    [
        ({"config/development.env": "DB_BUCKET=x\n"}, True),  # for whoever starts the program without a container
        ({"config/development.env": "DB_BUCKET=x\n", "web/boot.py": "load_dotenv('config/development.env')\n"}, False),
        ({"config/development.env": "DB_BUCKET=x\n", "web/boot.py": "load_dotenv(f'config/{stage}.env')\n"}, False),
        ({".env": "DB_BUCKET=x\n"}, False),
        ({"config/.env.development": "DB_BUCKET=x\n"}, False),
        ({"web/Dockerfile": CODE["web/Dockerfile"] + "ENV DB_BUCKET=x\n"}, False),
    ],
)
def test_a_file_that_nothing_names_gives_a_service_nothing(tmp_path: Path, files: dict[str, str], lacks: bool) -> None:
    write(tmp_path, {**CODE, "docker-compose.yml": SOME, **files})
    assert ("the service `web` lacks `DB_BUCKET`" in "".join(said(tmp_path, "SSOT206"))) is lacks


TWO = """services:
  web:
    build: {context: ., dockerfile: web/Dockerfile}
    environment: {JWT_SECRET_KEY: a, DB_PASSWORD: c, DB_USER_KEY: d, DB_BUCKET: e, OAUTH_SECRET_STAGING: f}
  jobs:
    build: {context: ., dockerfile: jobs/Dockerfile}
    environment: {MAIL_API_KEY: b, DB_PASSWORD: c, DB_USER_KEY: d, DB_BUCKET: e}
"""


@pytest.mark.parametrize(
    ("compose", "lacks"),
    [
        (TWO, ""),
        # the other one is given what is missing, by name: an anchor that is merged no more
        (TWO.replace("b, DB_PASSWORD: c, DB_USER_KEY: d, DB_BUCKET: e", "b"), "`jobs` lacks"),
        (TWO.replace("    environment: {MAIL_API_KEY: b, DB_PASSWORD: c, DB_USER_KEY: d, DB_BUCKET: e}\n", "")
         .replace("JWT_SECRET_KEY: a", "JWT_SECRET_KEY: a, MAIL_API_KEY: b"), "`jobs` lacks"),
        # nobody is given what is missing
        (TWO.replace("MAIL_API_KEY: b, DB_PASSWORD: c, DB_USER_KEY: d, DB_BUCKET: e", "X: b"), ""),
        (TWO.replace("MAIL_API_KEY: b, DB_PASSWORD: c, DB_USER_KEY: d, DB_BUCKET: e}", "MAIL_API_KEY: b}\n"
         "    env_file: [not-there.env]"), ""),
    ],
)  # fmt: skip
def test_a_service_that_lacks_most_of_what_another_is_given(tmp_path: Path, compose: str, lacks: str) -> None:
    write(tmp_path, {**CODE, "docker-compose.yml": compose})
    found = [each for each in said(tmp_path, "SSOT206") if "lacks" in each]
    assert len(found) == bool(lacks)
    assert all(lacks in each for each in found)
