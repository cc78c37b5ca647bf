"""Two services that share code, as compose files, manifests and lists speak of them."""

from __future__ import annotations

from pathlib import Path

from tests.settings.projects import said

CODE = {
    "shared/__init__.py": "",
    "shared/env.py": (
        "import os\n\n\ndef need(name):\n    if not os.environ.get(name):\n        raise ValueError(name)\n"
        "    return os.environ[name]\n"
    ),
    "shared/auth.py": (
        "from shared.env import need\n\n\ndef jwt():\n    return need('JWT_SECRET_KEY')\n\n\n"
        "def mail():\n    return need('MAIL_API_KEY')\n\n\n"
        "def database():\n    return need('DB_PASSWORD'), need('DB_USER_KEY'), need('DB_BUCKET')\n\n\n"
        "def oauth(where):\n    return need(f'OAUTH_SECRET_{where}')\n"
    ),
    "web/__init__.py": "",
    "web/main.py": (
        "from fastapi import FastAPI\nfrom shared.auth import database, jwt, oauth\n\napp = FastAPI()\n\n\n"
        "@app.on_event('startup')\ndef start():\n    jwt(), database(), oauth('STAGING')\n"
    ),
    "jobs/__init__.py": "",
    "jobs/main.py": (
        "from shared.auth import database, mail\nfrom fastapi import FastAPI\ndatabase(), mail()\napp = FastAPI()\n"
    ),
    "web/Dockerfile": 'FROM python:3.12\nCMD ["uvicorn", "web.main:app"]\n',
    "jobs/Dockerfile": 'FROM python:3.12\nCMD ["uvicorn", "jobs.main:app"]\n',
}
COMPOSE = """services:
  web:
    build: {context: ., dockerfile: web/Dockerfile}
    environment: {JWT_SECRET_KEY: a, OAUTH_SECRET_STAGING: b, DB_PASSWORD: c, DB_USER_KEY: d, DB_BUCKET: e}
  jobs:
    build: {context: ., dockerfile: jobs/Dockerfile}
    environment: {JWT_SECRET_KEY: a, MAIL_API_KEY: b, DB_PASSWORD: c, DB_USER_KEY: d, DB_BUCKET: e}
"""
SERVICE = """
apiVersion: serving.knative.dev/v1
kind: Service
metadata: {name: web-production}
spec:
  template:
    spec:
      containers:
        - env: [{name: JWT_SECRET_KEY, valueFrom: {secretKeyRef: {name: jwt-secret-key-production, key: latest}}}]
"""


WORKLOAD = """apiVersion: apps/v1
kind: Deployment
metadata: {{name: {0}}}
spec:
  template:
    spec:
      containers:
        - command: [uvicorn, "{0}.main:app"]
          env:
            - {{name: DB_PASSWORD, valueFrom: {{secretKeyRef: {{name: db, key: a}}}}}}
            - {{name: DB_USER_KEY, valueFrom: {{secretKeyRef: {{name: db, key: b}}}}}}
            - {{name: DB_BUCKET, value: files}}
            {1}
          envFrom: [{2}]
"""


LISTS = """SERVICE_SECRETS = {{
    "web": ["JWT_SECRET_KEY", "DB_PASSWORD", "DB_USER_KEY", "OAUTH_SECRET_STAGING"],
    "jobs": ["DB_PASSWORD", {0}],
}}
CRITICAL_SECRETS = {{"jobs": ["DB_PASSWORD", "MAIL_API_KEY"]}}
SECRET_MAPPINGS = {{
    "JWT_SECRET_KEY": "jwt-secret-key", "DB_PASSWORD": "db-password", "DB_USER_KEY": "db-user-key",
    "OAUTH_SECRET_STAGING": "oauth-secret", "MAIL_API_KEY": "mail-api-key"{1},
}}
"""


def drift(root: Path) -> list[str]:
    return [each for code in ("SSOT201", "SSOT202", "SSOT203", "SSOT206", "SSOT207") for each in said(root, code)]
