"""What a deployed service lacks, told by its code and by what it is given in another environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write
from tests.settings.two_services import CODE, COMPOSE, LISTS, SERVICE, drift

WEB = {
    "DB_PASSWORD": "db-password-{}", "DB_USER_KEY": "db-user-key-{}", "JWT_SECRET_KEY": "jwt-secret-key-{}",
    "OAUTH_SECRET_{upper}": "oauth-secret-{}",
}  # fmt: skip
JOBS = {"DB_PASSWORD": "db-password-{}", "DB_USER_KEY": "db-user-key-{}", "MAIL_API_KEY": "mail-api-key-{}"}


def command(service: str, environment: str, secrets: dict[str, str], variables: str = "DB_BUCKET=files") -> str:
    pairs = ",".join(f"{name}={secret}:latest" for name, secret in secrets.items())
    text = pairs.replace("{upper}", environment.upper()).replace("{}", environment)
    return f'gcloud run deploy {service}-{environment} --image i --set-env-vars "{variables}" --set-secrets "{text}"\n'


def script(staging_web: str = "", production_web: str = "", jobs: str = "", variables: str = "DB_BUCKET=files") -> str:
    """Two services in two environments, less one name in each."""
    return (
        command("web", "staging", {name: each for name, each in WEB.items() if name != staging_web}, variables)
        + command("web", "production", {name: each for name, each in WEB.items() if name != production_web})
        + command("jobs", "staging", {name: each for name, each in JOBS.items() if name != jobs})
        + command("jobs", "production", {name: each for name, each in JOBS.items() if name != jobs})
    )


def needed(line: int, what: str) -> str:
    return f"error deploy.sh:{line} the {what}: the code needs it, and deploy.sh does not give it"


def test_what_every_service_is_given_is_not_lacking(tmp_path: Path) -> None:
    write(tmp_path, {**CODE, "docker-compose.yml": COMPOSE, "deploy.sh": script()})
    assert not drift(tmp_path)


@pytest.mark.parametrize("compose", [COMPOSE, None])
def test_what_the_same_service_has_in_another_environment(tmp_path: Path, compose: str | None) -> None:
    also = {"docker-compose.yml": compose} if compose else {}
    write(tmp_path, {**CODE, **also, "deploy.sh": script(production_web="JWT_SECRET_KEY")})
    assert drift(tmp_path) == [needed(2, "service `web-production` lacks `JWT_SECRET_KEY` in production")]


def test_what_only_the_code_of_the_service_tells(tmp_path: Path) -> None:
    write(tmp_path, {**CODE, "docker-compose.yml": COMPOSE, "deploy.sh": script(jobs="MAIL_API_KEY")})
    both = "`jobs-production` and `jobs-staging`"
    assert drift(tmp_path) == [needed(4, f"services {both} lack `MAIL_API_KEY` in production and staging")]


def test_a_variable_is_no_secret(tmp_path: Path) -> None:
    write(tmp_path, {**CODE, "docker-compose.yml": COMPOSE, "deploy.sh": script(variables="LOG=1")})
    assert drift(tmp_path) == [needed(1, "service `web-staging` lacks `DB_BUCKET` in staging")]


def test_a_name_that_speaks_of_the_environment(tmp_path: Path) -> None:
    code = CODE | {"web/main.py": CODE["web/main.py"].replace("'STAGING'", "__import__('os').environ['WHERE']")}
    write(tmp_path, {**code, "docker-compose.yml": COMPOSE, "deploy.sh": script(staging_web="OAUTH_SECRET_{upper}")})
    said_of = needed(1, "service `web-staging` lacks `OAUTH_SECRET_STAGING` in staging")
    assert drift(tmp_path) == [said_of.replace("error", "warning").replace("needs", "reads")]


@pytest.mark.parametrize(
    "given",
    [
        {".env.production": "JWT_SECRET_KEY=from-elsewhere\n"},
        {"web/Dockerfile": CODE["web/Dockerfile"] + "ENV JWT_SECRET_KEY=x1\n"},
        {"service.yaml": SERVICE},
    ],
)
def test_what_something_else_gives_is_not_lacking(tmp_path: Path, given: dict[str, str]) -> None:
    write(tmp_path, {**CODE, **given, "deploy.sh": script(production_web="JWT_SECRET_KEY")})
    assert not [each for each in drift(tmp_path) if "the code" in each]


DEPLOYING = """
SERVICES = [
    Service(name="web", env_vars={{"ENVIRONMENT": "staging"{0}}}),
    Service(name="jobs", env_vars={{"ENVIRONMENT": "staging", "DB_BUCKET": "files"}}),
]
subprocess.run(["gcloud", "run", "deploy", service.name, "--set-env-vars", variables, "--set-secrets", secrets])
"""


@pytest.mark.parametrize(
    ("variables", "files", "lacks"),
    [
        (', "DB_BUCKET": "files"', {}, False),
        ("", {}, True),
        ("", {"config/staging.env": "DB_BUCKET=files\n"}, False),
        ("", {"config/production.env": "DB_BUCKET=files\n"}, True),
        # What was deployed is no answer to what will be.
        (
            "",
            {
                "exported/web.yaml": SERVICE.replace("web-production", "web-staging").replace(
                    "JWT_SECRET_KEY", "DB_BUCKET"
                )
            },
            True,
        ),
    ],
)
def test_a_variable_that_the_table_of_a_service_lacks(
    tmp_path: Path, variables: str, files: dict[str, str], lacks: bool
) -> None:
    lists = LISTS.format('"DB_USER_KEY", "MAIL_API_KEY"', "").replace('key",', 'key-staging",')
    lists = lists.replace('"db-password"', '"db-password-staging"').replace('"oauth-secret"', '"oauth-secret-staging"')
    write(tmp_path, {**CODE, **files, "secrets_config.py": lists, "deploy.py": DEPLOYING.format(variables)})
    found = said(tmp_path, "SSOT207")
    assert [each for each in found if "the service `web` lacks `DB_BUCKET` in staging" in each] == found
    assert bool(found) is lacks


COPY = "".join(f"{name}=x\n" for name in ("DB_BUCKET", "DB_REGION", "DB_LEVEL", "DB_POOL"))
TABLE = """ENV_VARS = {
    "web": {"DB_BUCKET": "files", "DB_REGION": "eu", "DB_LEVEL": "info", "DB_POOL": "5"},
}
SECRETS = {"web": {"JWT_SECRET_KEY": "jwt-staging", "DB_PASSWORD": "db-staging", "DB_USER_KEY": "user-staging"}}
def deploy(tag):
    variables = ",".join(f"{k}={v}" for k, v in ENV_VARS["web"].items())
    secrets = ",".join(f"{k}={v}:latest" for k, v in SECRETS["web"].items())
    run(["gcloud", "run", "deploy", "web-staging", "--set-env-vars", variables, "--set-secrets", secrets])
"""


@pytest.mark.parametrize(
    ("files", "lacks"),
    [
        ({}, True),
        ({"web/boot.py": "from dotenv import load_dotenv\nload_dotenv('config/staging.env')\n"}, False),
        ({"web/boot.py": "def path(stage):\n    return f'config/{stage}.env'\n"}, False),
        ({"run.sh": "set -a; . config/$STAGE.env\n"}, True),  # by hand: images start the program
        ({"run.sh": "set -a; . config/$STAGE.env\n", "Dockerfile": 'FROM x\nCMD ["./run.sh"]\n'}, False),
        ({"run.sh": ". config/$STAGE.env\ngcloud run deploy x $A\n"}, False),
        ({"web/boot.py": "path = '.env'\n"}, True),
        ({"README.md": "Edit config/staging.env.\n"}, True),
        ({"config/staging.env": "DB_BUCKET=x\n"}, False),  # no copy of what the deployment gives
    ],
)
def test_a_file_that_nothing_loads_gives_a_service_nothing(tmp_path: Path, files: dict[str, str], lacks: bool) -> None:
    table = TABLE.replace('"DB_BUCKET": "files", ', "")
    write(tmp_path, {**CODE, "config/staging.env": COPY, "deploy.py": table, **files})
    found = [each for each in said(tmp_path, "SSOT207") if "lacks `DB_BUCKET` in staging" in each]
    assert bool(found) is lacks


NEEDING = "import os\n" + "".join(f'os.environ["{letter}_URL"]\n' for letter in "ABCDE")
DEPLOYED = "gcloud run deploy web-production --set-env-vars=A_URL=a,B_URL=b,C_URL=c,D_URL=d\n"


@pytest.mark.parametrize(
    ("files", "is_told"),
    [
        ({".env.example": "E_URL=x\n"}, True),
        ({"compose.yaml": "services: {web: {environment: {E_URL: x}}}\n"}, True),
        ({"compose.yaml": "services: {web: {environment: {E_URL: x}}}\n", "production.env": "E_URL=x\n"}, False),
        ({"compose.yaml": "services: {web: {environment: {E_URL: x}}}\n", "start.sh": "export E_URL=x\n"}, False),
        ({".env.example": "E_URL=x\n", "Dockerfile": "FROM x\nENV E_URL=x\n"}, False),
        ({".env.example": "E_URL=x\n", "more.sh": "gcloud run deploy web-production $MORE\n"}, False),
        (
            {".env.example": "E_URL=x\n", "deploy.sh": "gcloud run deploy web-production --set-env-vars=A_URL=a\n"},
            False,
        ),
        ({".env.example": "E_URL=x\n", "main.py": NEEDING.replace('os.environ["E_URL"]', "def f():\n    E")}, False),
    ],
)
def test_what_only_developers_are_given(tmp_path: Path, files: dict[str, str], is_told: bool) -> None:
    base = {"ssot-lint.toml": 'entry-points = ["main"]\n', "main.py": NEEDING, "deploy.sh": DEPLOYED}
    write(tmp_path, {**base, **files})
    told = [each for each in said(tmp_path, "SSOT206") if "nothing gives it where services are deployed" in each]
    assert bool(told) is is_told


def test_what_developers_alone_run(tmp_path: Path) -> None:
    compose = """services:
  web: {command: python -m main, environment: {A_URL: a}}
  seeder: {command: python -m seed, environment: {E_URL: e}}
"""
    main, seed = NEEDING.replace('os.environ["E_URL"]\n', ""), 'import os\nos.environ["E_URL"]\n'
    files = {"main.py": main, "seed.py": seed, "compose.yaml": compose, "deploy.sh": DEPLOYED}
    assert said(write(tmp_path, files), "SSOT206") == []
    write(tmp_path, {"compose.yaml": compose.replace("seeder", "web-seeder")})
    assert "`E_URL`" in "".join(said(tmp_path, "SSOT206"))


ALONE = {
    "Dockerfile": 'FROM python:3.12\nCMD ["python", "app.py"]\n',
    "app.py": "import os\nLEVEL = os.environ.get('LOG_LEVEL', 'INFO')\nSTAGE = os.environ.get('STAGE', 'local')\n"
    "URL = os.environ['DATABASE_URL']\nKEY = os.environ['SIGNING_KEY']\n",
}
ONLY_ONE = """apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  template:
    spec:
      containers:
        - name: api
          image: ghcr.io/acme/app:1
          env:
            - {name: LOG_LEVEL, value: INFO}
            - {name: STAGE, value: production}
            - {name: DATABASE_URL, valueFrom: {secretKeyRef: {name: api, key: DATABASE_URL}}}
            - {name: SIGNING_KEY, valueFrom: {secretKeyRef: {name: api, key: SIGNING_KEY}}}
"""
ALONE_DEPLOY = (
    "gcloud run deploy shop-staging --set-env-vars LOG_LEVEL=INFO,STAGE=staging "
    "--set-secrets DATABASE_URL=url-staging:1,SIGNING_KEY=key-staging:1\n"
)


@pytest.mark.parametrize(
    ("workload", "deploy", "lacks"),
    [
        (ONLY_ONE, ALONE_DEPLOY, ""),
        (ONLY_ONE.replace("name: SIGNING_KEY, v", "name: SIGNING_KYE, v"), ALONE_DEPLOY, "`api` lacks `SIGNING_KEY`"),
        (ONLY_ONE, ALONE_DEPLOY.replace(",SIGNING_KEY=key-staging:1", ""), "`shop-staging` lacks `SIGNING_KEY`"),
        (ONLY_ONE, "gcloud run deploy shop-staging --set-secrets DATABASE_URL=url-staging:1\n", ""),  # who knows
        (ONLY_ONE.replace("ghcr.io/acme/app:1", "redis:7").replace("SIGNING_KEY, v", "KEY, v"), ALONE_DEPLOY, ""),
    ],
)
def test_whatever_is_deployed_is_the_one_image_of_a_project(
    tmp_path: Path, workload: str, deploy: str, lacks: str
) -> None:
    write(tmp_path, {**ALONE, "k8s/api.yaml": workload, "deploy.sh": deploy})
    found = [each for each in drift(tmp_path) if "lacks" in each]
    assert len(found) == bool(lacks)
    assert all(lacks in each for each in found)


def test_a_placeholder_of_a_service_is_not_filled_by_what_a_cluster_is_given(tmp_path: Path) -> None:
    deploy = ALONE_DEPLOY.replace("STAGE=staging", "STAGE=staging,DATABASE_URL=changeme")
    write(tmp_path, {**ALONE, "k8s/api.yaml": ONLY_ONE, "deploy.sh": deploy.replace("DATABASE_URL=url-staging:1,", "")})
    assert "`DATABASE_URL` is a placeholder in staging" in "".join(said(tmp_path, "SSOT203"))


def test_what_a_service_is_given_empty_is_told_once(tmp_path: Path) -> None:
    commands = script().replace("DB_BUCKET=files", "DB_BUCKET=", 1)
    write(tmp_path, {**CODE, "docker-compose.yml": COMPOSE, "deploy.sh": commands})
    assert len(drift(tmp_path)) == 1
