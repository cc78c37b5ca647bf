"""Commands of Python whose flags functions of other modules put together, and the mappings on which they draw."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, settings_of, write

CATALOG = """from dataclasses import dataclass, field


@dataclass
class Service:
    name: str
    secrets: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)
    timeout: int = 60


SECRET_STEMS = {"A_KEY": "a-key", "B_KEY": "b-key", "C_KEY": "c-key", "D_KEY": "d-key"}
ALL = ("A_KEY",)
SERVICES = [
    Service(name="shop-web", secrets=(*ALL, "B_KEY", "C_KEY"), env={"LEVEL": "info"}, timeout=900),
    Service(name="shop-jobs", secrets=(*ALL, "C_KEY", "D_KEY")),
]
BY_STAGE = {
    "staging": {"shop-web": {"WEB_URL": "https://staging.shop.dev"}},
    "production": {"shop-web": {"WEB_URL": "https://shop.dev"}},
}
"""
FLAGS = """from deploy.catalog import BY_STAGE, SECRET_STEMS


def secret_flags(service, stage):
    pairs = [f"{name}={SECRET_STEMS[name]}-{stage}:latest" for name in service.secrets]
    return ["--set-secrets", ",".join(pairs)]


def env_flags(service, stage):
    values = {"STAGE": stage, **service.env, **BY_STAGE[stage].get(service.name, {})}
    return ["--set-env-vars", ",".join(f"{key}={value}" for key, value in values.items())]


def limits(service):
    flags = ["--timeout", str(service.timeout)]
    flags += ["--memory", "1Gi"]
    return flags
"""
RUN = """import argparse
import subprocess

from deploy import flags
from deploy.catalog import SERVICES

PROJECTS = {"staging": "shop-staging", "production": "shop-prod"}


def command(service, stage):
    return [
        "gcloud", "run", "deploy", service.name, "--project", PROJECTS[stage],
        *flags.limits(service), *flags.env_flags(service, stage), *flags.secret_flags(service, stage),
    ]


def main():
    stage = argparse.ArgumentParser().parse_args().stage
    for service in SERVICES:
        subprocess.run(command(service, stage), check=True)
"""
WEB = 'import os\n\nKEYS = os.environ["A_KEY"], os.environ["B_KEY"], os.environ["C_KEY"], os.environ["WEB_URL"]\n'
JOBS = 'import os\n\nKEYS = os.environ["A_KEY"], os.environ["C_KEY"], os.environ["D_KEY"]\n'
SHOP = {
    "ssot-lint.toml": 'entry-points = ["web", "jobs"]\n',
    "web.py": WEB,
    "jobs.py": JOBS,
    "Dockerfile.web": "FROM python:3.12\nCMD python -m web\n",
    "Dockerfile.jobs": "FROM python:3.12\nCMD python -m jobs\n",
    "deploy/__init__.py": "",
    "deploy/catalog.py": CATALOG,
    "deploy/flags.py": FLAGS,
    "deploy/run.py": RUN,
    "config/staging.env": "A_KEY=\nB_KEY=\nC_KEY=\nD_KEY=\nWEB_URL=https://staging.shop.dev\n",
}


def test_flags_that_functions_of_another_module_put_together(tmp_path: Path) -> None:
    write(tmp_path, SHOP)
    found = [each for each in settings_of(tmp_path) if each.role == "deployed" and each.environment == "staging"]
    web = [(each.name, each.path, each.line, each.secret) for each in found if each.service == "shop-web"]
    assert web == [
        ("--project", "deploy/run.py", 7, ""),
        ("STAGE", "deploy/flags.py", 10, ""),
        ("LEVEL", "deploy/catalog.py", 15, ""),
        ("WEB_URL", "deploy/catalog.py", 19, ""),
        ("A_KEY", "deploy/catalog.py", 13, "a-key-staging"),
        ("B_KEY", "deploy/catalog.py", 15, "b-key-staging"),
        ("C_KEY", "deploy/catalog.py", 15, "c-key-staging"),
        ("--timeout", "deploy/catalog.py", 15, ""),
    ]
    assert [each.number for each in found if each.name == "--timeout"] == [900, 60]


@pytest.mark.parametrize("code", ["SSOT201", "SSOT202", "SSOT203", "SSOT205", "SSOT206", "SSOT207"])
def test_commands_that_take_all_that_is_needed(tmp_path: Path, code: str) -> None:
    write(tmp_path, SHOP)
    assert said(tmp_path, code) == []


def test_a_mapping_gives_nothing_beside_what_commands_take_of_it(tmp_path: Path) -> None:
    write(tmp_path, SHOP | {"deploy/catalog.py": CATALOG.replace('"B_KEY", "C_KEY"), env', '"C_KEY"), env')})
    assert said(tmp_path, "SSOT203") == []
    (finding,) = said(tmp_path, "SSOT202")
    assert finding.startswith(
        "error deploy/catalog.py:15 the service `shop-web` lacks `B_KEY` in production and staging: the code needs it"
    )


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(
            {"load.sh": 'gcloud run services update shop-web --update-secrets "$(python -m keys)" $MORE\n'}, id="open"
        ),
        pytest.param({"web.py": f"{WEB}def load(c, n): return c.access_secret_version(n)\n"}, id="taken by code"),
    ],
)
def test_a_mapping_of_which_something_else_may_take_more(tmp_path: Path, more: dict[str, str]) -> None:
    write(tmp_path, SHOP | {"deploy/catalog.py": CATALOG.replace('"B_KEY", "C_KEY"), env', '"C_KEY"), env')} | more)
    assert said(tmp_path, "SSOT202") == []


def test_what_commands_ask_of_a_mapping_that_does_not_have_it(tmp_path: Path) -> None:
    write(tmp_path, SHOP | {"deploy/catalog.py": CATALOG.replace(', "D_KEY": "d-key"', "")})
    assert said(tmp_path, "SSOT203") == []
    (finding,) = said(tmp_path, "SSOT201")
    assert finding.startswith("error deploy/catalog.py:16 the service `shop-jobs` requires `D_KEY`, which the mapping")


def test_production_that_lacks_a_variable_of_a_table(tmp_path: Path) -> None:
    lacking = CATALOG.replace('{"WEB_URL": "https://shop.dev"}', '{"LEVEL": "warn"}')
    write(tmp_path, SHOP | {"deploy/catalog.py": lacking})
    (finding,) = said(tmp_path, "SSOT207")
    assert finding.startswith("error deploy/catalog.py:20 the service `shop-web` lacks `WEB_URL` in production")
