"""Deploy scripts that go over records of services, and what each service is given in each environment by that."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, settings_of, write

MODEL = """from dataclasses import dataclass, field

@dataclass(frozen=True)
class Secret:
    variable: str
    secret_id: str
    version: str = "latest"

@dataclass(frozen=True)
class Service:
    name: str
    timeout: int = 300
    variables: dict[str, str] = field(default_factory=dict)
    secrets: tuple[Secret, ...] = ()
"""
CATALOG = """from ops.model import Secret, Service

STAGES = {
    "staging": {"web": {"SHOP_URL": "https://staging.shop.example"}, "jobs": {"QUEUE": "staging"}},
    "production": {"web": {"SHOP_URL": "https://shop.example"}, "jobs": {"QUEUE": "production"}},
}
SERVICES = (
    Service("web", secrets=(Secret("JWT_KEY", "jwt-key"), Secret("DATABASE_URL", "web-database-url"),)),
    Service(name="jobs", timeout=900, variables={"BATCH": "5"}, secrets=(Secret("DATABASE_URL", "jobs-database-url"),)),
)
"""
RUN = """import subprocess
from ops.catalog import SERVICES, STAGES

class Deployer:
    def __init__(self, stage):
        self.stage = stage

    def variables(self, service):
        return {"STAGE": self.stage, **STAGES[self.stage][service.name], **service.variables}

    def arguments(self, service):
        arguments = ["gcloud", "run", "deploy", f"shop-{service.name}-{self.stage}", f"--timeout={service.timeout}"]
        arguments += ["--set-env-vars", ",".join(f"{k}={v}" for k, v in self.variables(service).items())]
        if service.secrets:
            arguments += [
                "--set-secrets",
                ",".join(f"{s.variable}={s.secret_id}-{self.stage}:{s.version}" for s in service.secrets),
            ]
        return arguments

    def deploy_service(self, service):
        subprocess.run(self.arguments(service), check=True)

    def deploy(self):
        for service in SERVICES:
            self.deploy_service(service)
"""
FILES = {"ops/__init__.py": "", "ops/model.py": MODEL, "ops/catalog.py": CATALOG, "ops/run.py": RUN}


def _given(root: Path) -> set[tuple[str, ...]]:
    deployed = (each for each in settings_of(root).of("deployed") if each.name != "--project")
    return {(each.service, each.name, each.secret or str(each.number or ""), each.path) for each in deployed}


def test_methods_that_take_records(tmp_path: Path) -> None:
    catalog, script = "ops/catalog.py", "ops/run.py"
    expected: set[tuple[str, ...]] = set()
    for stage in ("staging", "production"):
        web, jobs = f"shop-web-{stage}", f"shop-jobs-{stage}"
        expected |= {
            (web, "STAGE", "", script), (web, "SHOP_URL", "", catalog), (web, "--timeout", "300.0", "ops/model.py"),
            (web, "JWT_KEY", f"jwt-key-{stage}", catalog), (web, "DATABASE_URL", f"web-database-url-{stage}", catalog),
            (jobs, "STAGE", "", script), (jobs, "QUEUE", "", catalog), (jobs, "BATCH", "5.0", catalog),
            (jobs, "--timeout", "900.0", catalog),
            (jobs, "DATABASE_URL", f"jobs-database-url-{stage}", catalog),
        }  # fmt: skip
    write(tmp_path, FILES)
    assert _given(tmp_path) == expected


def test_records_map_secrets_of_services(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    mapped = [(each.service, each.name, each.secret, each.line) for each in settings_of(tmp_path).of("mapped")]
    assert mapped == [
        ("web", "JWT_KEY", "jwt-key", 8),
        ("web", "DATABASE_URL", "web-database-url", 8),
        ("jobs", "DATABASE_URL", "jobs-database-url", 9),
    ]


def test_only_one_environment_where_the_script_says_which(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "ops/run.py": RUN.replace("self.stage = stage", 'self.stage = "staging"')})
    assert {each[0] for each in _given(tmp_path)} == {"shop-web-staging", "shop-jobs-staging"}


@pytest.mark.parametrize(
    ("more", "is_open"), [("", False), ("\n    def add(self, word):\n        self.words.append(word)\n", True)]
)
def test_what_is_kept_by_an_instance(tmp_path: Path, more: str, is_open: bool) -> None:
    run = RUN.replace("self.stage = stage", 'self.stage = stage\n        self.words = ["--set-env-vars=LEVEL=3"]')
    run = run.replace("return arguments", "return [*arguments, *self.words]")
    write(tmp_path, {**FILES, "ops/run.py": run + more})
    given = {each[1] for each in _given(tmp_path)}
    assert {"LEVEL", "QUEUE"} <= given
    assert ("*" in given) is is_open


def test_a_function_that_is_given_what_nobody_knows(tmp_path: Path) -> None:
    run = RUN.replace("for service in SERVICES:\n            self", "for service in find():\n            self")
    write(tmp_path, {**FILES, "ops/run.py": run})
    assert "*" in {each.name for each in settings_of(tmp_path).of("deployed")}


WEB = "import os\nfrom fastapi import FastAPI\napp = FastAPI()\n" + "".join(
    f'os.environ["{name}"]\n' for name in ("STAGE", "SHOP_URL", "JWT_KEY", "DATABASE_URL")
)
CODE = {
    "web/__init__.py": "",
    "web/main.py": WEB,
    "web/Dockerfile": 'FROM python:3.12\nCMD ["uvicorn", "web.main:app"]\n',
}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ""),
        ('"web": {"SHOP_URL": "https://shop.example"}', '"web": {}', "`shop-web-production` lacks `SHOP_URL`"),
        ('Secret("JWT_KEY", "jwt-key"), ', "", "`JWT_KEY` has no default, and no configuration declares it"),
    ],
)
def test_what_a_record_lacks(tmp_path: Path, before: str, after: str, expected: str) -> None:
    write(tmp_path, {**FILES, **CODE, "ops/catalog.py": CATALOG.replace(before, after)})
    found = "".join(
        message for code in ("SSOT201", "SSOT202", "SSOT206", "SSOT207") for message in said(tmp_path, code)
    )
    assert expected in found
    assert bool(found) is bool(expected)


CREATED = """for id in jwt-key web-database-url jobs-database-url; do
  gcloud secrets create $id-staging; gcloud secrets create $id-production
done
"""


@pytest.mark.parametrize(
    ("taken", "created", "is_told"),
    [
        ("web-database-url", CREATED, True),
        ("jobs-database-url", CREATED, False),
        ("web-database-url", CREATED.replace(" jobs-database-url", ""), False),  # they share it
    ],
)
def test_a_secret_of_another_service(tmp_path: Path, taken: str, created: str, is_told: bool) -> None:
    catalog = CATALOG.replace('"jobs-database-url"', f'"{taken}"')
    write(tmp_path, {**FILES, "ops/catalog.py": catalog, "secrets.sh": created})
    told = (
        "warning ops/catalog.py:9 `DATABASE_URL` of `jobs` gets `web-database-url`, the secret of `web`, "
        "and not `jobs-database-url`, which nothing takes"
    )
    assert said(tmp_path, "SSOT205") == ([told] if is_told else [])
    assert said(tmp_path, "SSOT204") == []
