"""Python files that map settings to secrets, list what services require, or deploy."""

from __future__ import annotations

import pytest

from ssot_lint.settings.document import UnreadableError
from ssot_lint.settings.readers import readers
from tests.settings.projects import read, short

MAPPING = """
PREFIX = "app"
COMMON = {"JWT_SECRET_KEY": f"{PREFIX}-jwt"}

class SecretConfig:
    SERVICE_SECRETS = {"backend": {"auth": ["JWT_SECRET_KEY", "FERNET_KEY"]}, "auth": ["OAUTH_SECRET"]}
    SECRET_MAPPINGS = {**COMMON, "FERNET_KEY": PREFIX + "-fernet", "DB_PASSWORD": "db-" + unknown()}
    OPTIONAL_SECRETS = ["DEBUG_TOKEN"]

def secret_mapping(environment):
    secrets = {"staging": {"A_KEY": "a-key-staging"}, "prod": {"A_KEY": "a-key-production"}}
    return secrets[environment]

SECRETS = [Secret(name="B_KEY", secret_id="b-key"), ("C_KEY", "c-key")]
"""


@pytest.mark.parametrize(
    "text",
    [
        'SECRETS = [("A_KEY", "a-key")]',
        'SECRETS = [Secret("A_KEY", "a-key")]',
        'MAPPINGS = {"web": staging.WEB_SECRETS, "worker": staging.worker_secrets}',
        'TABLES = {"web": secrets}',
        'SECRETS = [Secret(name="a-key", env_var="A_KEY")]',
        'SECRETS = [{"name": "a-key", "target": "a", "env": "A_KEY"}]',
    ],
)
def test_modules_that_may_map_secrets(text: str) -> None:
    assert readers()["python-mapping"].recognizes("app/tables.py", text)


@pytest.mark.parametrize(
    "text",
    [
        'model = os.environ.get("EMBEDDING_MODEL", "text-embedding-3")',
        'model = os.getenv("EMBEDDING_MODEL", "text-embedding-3")',
        'data = {"client_secret": client_secret, "api_key": secret}',
    ],
)
def test_defaults_and_fields_of_requests_map_no_secrets(text: str) -> None:
    assert not readers()["python-mapping"].recognizes("app/client.py", text)


def test_python_mappings() -> None:
    found = read("python-mapping", "secrets_config.py", MAPPING)
    assert [(e.role, e.name, e.secret, e.service, e.environment, e.line) for e in found] == [
        ("required", "JWT_SECRET_KEY", "", "backend", "", 6), ("required", "FERNET_KEY", "", "backend", "", 6),
        ("required", "OAUTH_SECRET", "", "auth", "", 6),
        ("mapped", "JWT_SECRET_KEY", "app-jwt", "", "", 3), ("mapped", "FERNET_KEY", "app-fernet", "", "", 7),
        ("mapped", "DB_PASSWORD", "db-*", "", "", 7),
        ("mapped", "A_KEY", "a-key-staging", "", "staging", 11),
        ("mapped", "A_KEY", "a-key-production", "", "production", 11),
        ("mapped", "B_KEY", "b-key", "", "", 14), ("mapped", "C_KEY", "c-key", "", "", 14),
    ]  # fmt: skip


SECRETS_OF_DATACLASSES = """\
from dataclasses import dataclass, field

ENVIRONMENT = "staging"

@dataclass
class Secret:
    name: str
    secret_id: str

SECRETS = [
    Secret("API_KEY", "api-key"),
    Secret("DB_PASSWORD", secret_id=f"db-password-{ENVIRONMENT}"),
]

@dataclass(frozen=True)
class SecretConfig:
    mapping: dict[str, str] = field(default_factory=lambda: {
        "OAUTH_KEY": "oauth-key-" + ENVIRONMENT,
    })
"""


def test_mappings_of_dataclasses() -> None:
    assert short(read("python-mapping", "deployment/settings.py", SECRETS_OF_DATACLASSES)) == [
        ("mapped", "API_KEY", "api-key", 11),
        ("mapped", "DB_PASSWORD", "db-password-staging", 12),
        ("mapped", "OAUTH_KEY", "oauth-key-staging", 18),
    ]


def test_a_mapping_of_records() -> None:
    text = """from typing import NamedTuple
class Spec(NamedTuple):
    env_var: str
    secret_id: str
    services: tuple
SECRET_CATALOG = (
    Spec("API_KEY", "shop-api-key", ("web", "jobs")),
    Spec("DB_PASSWORD", "shop-db-password", ("web",)),
)
"""
    assert readers()["python-mapping"].recognizes("ops/catalog.py", text)
    assert [(each.name, each.secret, each.service) for each in read("python-mapping", "ops/catalog.py", text)] == [
        ("API_KEY", "shop-api-key", "web"),
        ("API_KEY", "shop-api-key", "jobs"),
        ("DB_PASSWORD", "shop-db-password", "web"),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('Reference(name="a-key", env_var="A_KEY", services=["web"])', 'Reference(name="b-key", env_var="B_KEY")'),
        ('{"name": "a-key", "env": "A_KEY", "service": "web"}', '{"env": "B_KEY", "name": "b-key"}'),
        ('Reference(name="A_KEY", secret_id="a-key", service="web")', 'Reference(name="B_KEY", secret="b-key")'),
    ],
)
def test_records_whose_name_is_the_secret(first: str, second: str) -> None:
    found = read("python-mapping", "core/secret_schema.py", f"SECRET_CONFIG = [{first}, {second}]\n")
    assert [(each.role, each.name, each.secret, each.service) for each in found] == [
        ("mapped", "A_KEY", "a-key", "web"),
        ("mapped", "B_KEY", "b-key", ""),
    ]


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ('{"development": [], "prod": ["API_KEY", "WEB_URL"]}', ["API_KEY", "WEB_URL"]),
        ('{"staging": {"API_KEY"}, "production": ("API_KEY",)}', ["API_KEY", "API_KEY"]),
        ('{"web": ["API_KEY"], "production": ["API_KEY"]}', []),
    ],
)
def test_what_each_environment_must_have(table: str, found: list[str]) -> None:
    text = f"REQUIRED_ENV_VARS = {table}\n"
    assert readers()["python-mapping"].recognizes("app/validator.py", text)
    settings = read("python-mapping", "app/validator.py", text)
    assert [each.name for each in settings] == found
    assert {(each.role, each.need) for each in settings} <= {("required", "required")}


def test_a_named_symbol_is_read_whatever_it_is_called() -> None:
    text = 'A = {"X_KEY": "x-key"}\nB = {"Y_KEY": "y-key"}\n'
    assert read("python-mapping", "m.py", text) == []
    assert [each.name for each in read("python-mapping", "m.py", text, symbol="B", source="m")] == ["Y_KEY"]


def test_python_that_deploys() -> None:
    text = """
class Deployer:
    services = [Service(name="backend", env_vars={"LEVEL": "info", "TIMEOUT": 900, "HOST": host()})]

    def deploy(self, name, secrets):
        command = ["gcloud", "run", "deploy", name, "--timeout", "300"]
        command += ["--timeout=600"]
        command.extend(["--set-secrets", f"A=a-id:latest,B={secrets}"])

    def create(self):
        secrets = {"a-id": make(), "b-id": make()}
        run(f"gcloud secrets create {name}")
"""
    assert short(read("python-mapping", "deploy.py", text)) == [
        ("set", "LEVEL", "literal", 3), ("set", "TIMEOUT", "literal", 3), ("set", "HOST", "computed", 3),
        ("provisioned", "a-id", "a-id", 11), ("provisioned", "b-id", "b-id", 11),
        ("deployed", "A", "a-id", 8), ("deployed", "B", "*", 8), ("deployed", "--timeout", "literal", 7),
    ]  # fmt: skip


def test_python_that_is_none() -> None:
    with pytest.raises(UnreadableError):
        read("python-mapping", "x.py", "SECRETS = {\n")


CALLED = """import shlex
import subprocess

WEB_SECRETS = [("DB_PASSWORD", "db-password-production"), ("JWT_KEY", "jwt-key-production")]
JOBS_SECRETS = [("DB_PASSWORD", "db-password-production")]
WEB_ENV = {"ENVIRONMENT": "production", "API_URL": "https://api.shop.dev"}

def joined(pairs):
    return ",".join(f"{name}={secret}:latest" for name, secret in pairs)

def deploy(service, env, secrets, timeout):
    variables = ",".join(f"{k}={v}" for k, v in env.items())
    command = (
        f"gcloud run deploy shop-{service}-production --image x --timeout={timeout} "
        f"--set-env-vars={variables} --set-secrets={joined(secrets)}"
    )
    subprocess.run(shlex.split(command), check=True)

deploy("web", WEB_ENV, WEB_SECRETS, timeout=900)
deploy("jobs", {"ENVIRONMENT": "production"}, JOBS_SECRETS, 60)
"""


def test_a_function_that_deploys_what_its_callers_say() -> None:
    found = read("python-mapping", "scripts/deploy.py", CALLED)
    deployed = {
        (each.service, each.name, each.line) for each in found if each.role == "deployed" and each.name != "--timeout"
    }
    assert deployed == {
        ("shop-web-production", "ENVIRONMENT", 6),
        ("shop-web-production", "API_URL", 6),
        ("shop-web-production", "DB_PASSWORD", 4),
        ("shop-web-production", "JWT_KEY", 4),
        ("shop-jobs-production", "ENVIRONMENT", 20),
        ("shop-jobs-production", "DB_PASSWORD", 5),
    }
    timeouts = {each.service: each.number for each in found if each.name == "--timeout"}
    assert timeouts == {"shop-web-production": 900, "shop-jobs-production": 60}
    # What one service alone is given is that one's, also where it is mapped.
    assert {(each.service, each.name) for each in found if each.role == "mapped"} == {
        ("shop-web-production", "DB_PASSWORD"),
        ("shop-web-production", "JWT_KEY"),
        ("shop-jobs-production", "DB_PASSWORD"),
    }
