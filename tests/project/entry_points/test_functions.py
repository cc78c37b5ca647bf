"""What runs without a server or a command of its own: handlers of AWS Lambda, and Alembic's scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, settings_of, write

SAM = """Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Environment: {Variables: {BUCKET: files, LEVEL: info}}
Resources:
  Thumbnails:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ../src
      Handler: shop.thumbnails.handler
      Environment: {Variables: {LEVEL: debug}}
"""
SERVERLESS = "functions:\n  thumbnails:\n    handler: src/shop/thumbnails.handler\n"
CODE = {
    "src/shop/__init__.py": "",
    "src/shop/thumbnails.py": "import os\n\ndef handler(e, c):\n    return os.environ['TOPIC'], os.environ['OTHER']\n",
}


@pytest.mark.parametrize(("path", "text"), [("deploy/template.yaml", SAM), ("serverless.yml", SERVERLESS)])
def test_what_a_handler_reads(tmp_path: Path, path: str, text: str) -> None:
    (found,) = said(write(tmp_path, {**CODE, path: text, ".env.example": "OTHER=1\n"}), "SSOT206")
    assert "`TOPIC`" in found


def test_what_all_functions_are_given_comes_to_each_of_them(tmp_path: Path) -> None:
    given = settings_of(write(tmp_path, {**CODE, "deploy/template.yaml": SAM})).of("deployed")
    assert {(each.service, each.name) for each in given} == {("Thumbnails", "BUCKET"), ("Thumbnails", "LEVEL")}
    assert len(given) == 2


def test_what_migrations_read(tmp_path: Path) -> None:
    script = (
        "import os\nfrom alembic import context\ncontext.configure(os.environ['MIGRATION_URL'], os.environ['OTHER'])\n"
    )
    files = {"migrations/env.py": script, "app.py": "from fastapi import FastAPI\napp = FastAPI()\n"}
    write(tmp_path, {**files, ".env.example": "OTHER=1\n"})
    (found,) = said(tmp_path, "SSOT206")
    assert "`MIGRATION_URL`" in found


def test_what_only_the_tasks_of_a_worker_read(tmp_path: Path) -> None:
    celery = "from celery import Celery\ncelery = Celery('shop', include=['shop.tasks'])\n"
    task = "import os\nfrom shop.worker import celery\n@celery.task\ndef send():\n    return os.environ['MAIL_TOKEN']\n"
    web = "import os\nfrom fastapi import FastAPI\nfrom shop.worker import celery\napp = FastAPI()\n"
    names = ("A_URL", "B_URL", "C_URL")
    needs = "".join(f"os.environ[{name!r}]\n" for name in names)
    services = "".join(
        f"  {name}:\n    build: .\n    command: {command}\n    environment: {{A_URL: x1, B_URL: x1, C_URL: x1}}\n"
        for name, command in (("web", "uvicorn shop.web:app"), ("worker", "celery -A shop.worker worker"))
    )
    write(
        tmp_path,
        {
            "shop/__init__.py": "",
            "shop/worker.py": f"import os\n{needs}{celery}",
            "shop/tasks.py": task,
            "shop/web.py": web + needs,
            "compose.yaml": f"services:\n{services}",
            "Dockerfile": "FROM python:3.12\n",
            "deploy.sh": "gcloud run deploy other --image i --set-env-vars MAIL_TOKEN=x1\n",
        },
    )
    (found,) = said(tmp_path, "SSOT206")
    assert "the service `worker` lacks `MAIL_TOKEN`" in found
