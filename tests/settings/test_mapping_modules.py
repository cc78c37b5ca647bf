"""Mappings and tables that take their names, their ids or their parts from other modules."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, settings_of, write

STAGING = """DATABASE = {"DB_PASSWORD": "db-password-staging"}
WEB_SECRETS = {
    **DATABASE,
    "JWT_SECRET": "jwt-secret-staging",
}
JOBS_SECRETS = {**DATABASE, "MAIL_TOKEN": "mail-token-staging"}
"""
REGISTRY = """from deployment.secrets import production, staging

REGISTRY = {
    "staging": {"web": staging.WEB_SECRETS, "jobs": staging.JOBS_SECRETS},
    "production": {"web": production.WEB_SECRETS, "jobs": production.JOBS_SECRETS},
}
"""
WEB = {
    "web/__init__.py": "",
    "web/main.py": "from fastapi import FastAPI\nfrom web.env import need\n\napp = FastAPI()\n",
}
SPREAD = {
    "deployment/__init__.py": "",
    "deployment/secrets/__init__.py": REGISTRY,
    "deployment/secrets/staging.py": STAGING,
    "deployment/secrets/production.py": STAGING.replace("staging", "production"),
}


def mapped(root: Path) -> list[tuple[str, str, str, str, int]]:
    """(service, environment, name, file, line) of each entry of a mapping, sorted."""
    return sorted(
        (each.service, each.environment, each.name, each.path.rpartition("/")[2], each.line)
        for each in settings_of(root).of("mapped")
    )


def test_a_table_of_tables_of_other_modules(tmp_path: Path) -> None:
    found = mapped(write(tmp_path, SPREAD))
    assert [each for each in found if each[1] == "staging"] == [
        ("jobs", "staging", "DB_PASSWORD", "staging.py", 1),
        ("jobs", "staging", "MAIL_TOKEN", "staging.py", 6),
        ("web", "staging", "DB_PASSWORD", "staging.py", 1),
        ("web", "staging", "JWT_SECRET", "staging.py", 4),
    ]
    assert len(found) == 8


@pytest.mark.parametrize(
    "imported",
    [
        "from .staging import WEB_SECRETS, JOBS_SECRETS",
        "from deployment.secrets.staging import (\n    JOBS_SECRETS,\n    WEB_SECRETS,\n)",
        "import deployment.secrets.together as t\nWEB_SECRETS = t.WEB_SECRETS\nJOBS_SECRETS = t.JOBS_SECRETS",
    ],
)
def test_every_form_of_import(tmp_path: Path, imported: str) -> None:
    files = SPREAD | {
        "deployment/secrets/__init__.py": f'{imported}\nSECRETS = {{"web": WEB_SECRETS, "jobs": JOBS_SECRETS}}\n',
        "deployment/secrets/together.py": "from deployment.secrets.staging import JOBS_SECRETS, WEB_SECRETS\n",
    }
    del files["deployment/secrets/production.py"]
    found = mapped(write(tmp_path, files))
    assert {each[:4] for each in found if each[2] == "MAIL_TOKEN"} == {("jobs", "staging", "MAIL_TOKEN", "staging.py")}


def test_names_that_another_module_holds(tmp_path: Path) -> None:
    files = {
        "deployment/__init__.py": "",
        "deployment/names.py": 'PREFIX = "shop"\nclass Names:\n    JWT = "JWT_SECRET"\n',
        "deployment/secrets_config.py": (
            "from deployment import names\nfrom deployment.names import Names\n"
            'SECRETS = {Names.JWT: f"{names.PREFIX}-jwt-staging", "DB_PASSWORD": "shop-db-staging"}\n'
        ),
    }
    settings = settings_of(write(tmp_path, files)).of("mapped")
    assert {each.name: each.secret for each in settings} == {
        "JWT_SECRET": "shop-jwt-staging", "DB_PASSWORD": "shop-db-staging",
    }  # fmt: skip


def test_modules_that_take_a_name_from_each_other_end(tmp_path: Path) -> None:
    files = {
        "deployment/__init__.py": "",
        "deployment/secrets.py": 'from deployment.other import WEB\nSECRETS = {"web": WEB, "A_KEY": "a-key"}\n',
        "deployment/other.py": "from deployment.secrets import WEB\n",
    }
    assert {each.name for each in settings_of(write(tmp_path, files)).of("mapped")} == {"A_KEY"}


def test_a_part_that_one_environment_has_lost(tmp_path: Path) -> None:
    production = STAGING.replace("staging", "production").replace('    "JWT_SECRET": "jwt-secret-production",\n', "")
    lists = '\nREQUIRED_SECRETS = {"web": ["JWT_SECRET", "DB_PASSWORD"], "jobs": ["MAIL_TOKEN"]}\n'
    files = SPREAD | {
        "deployment/secrets/production.py": production,
        "deployment/secrets/__init__.py": REGISTRY + lists,
    }
    (found,) = said(write(tmp_path, files), "SSOT201")
    assert "the service `web` requires `JWT_SECRET`" in found
    assert "deployment/secrets/production.py lacks" in found


SERVICES = """import subprocess
SERVICES = [
    Service(name="web", cloud_run_name="shop-web-staging", environment_vars={"ENVIRONMENT": "staging", "A": "a"}),
    Service(name="web", cloud_run_name="shop-web-production", environment_vars={"ENVIRONMENT": "staging", "A": "a"}),
]
def deploy(service):
    pairs = ",".join(f"{k}={v}" for k, v in service.environment_vars.items())
    subprocess.run(["gcloud", "run", "deploy", service.cloud_run_name, "--set-env-vars", pairs])
"""


def test_a_record_is_of_the_environment_that_its_name_tells(tmp_path: Path) -> None:
    (found,) = said(write(tmp_path, {"deploy.py": SERVICES}), "SSOT205")
    assert found.startswith("warning deploy.py:4 `ENVIRONMENT` of production names staging here")
