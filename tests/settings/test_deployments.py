"""What a deployed service lacks, told by its code and by what it is given in another environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

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


def drift(root: Path) -> list[str]:
    return [each for code in ("SSOT201", "SSOT202", "SSOT203", "SSOT206", "SSOT207") for each in said(root, code)]


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
        (NO_FILE.replace("env_file: [local/shared.env]", "environment: {A: b}"), SHARED, ""),  # from elsewhere
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


@pytest.mark.parametrize(
    ("own", "more", "lacks"),
    [
        ('"DB_USER_KEY", "MAIL_API_KEY"', "", ""),
        ('"MAIL_API_KEY"', "", "the service `jobs` lacks `DB_USER_KEY`"),
        # misspelt: the mapping lacks what the list names
        ('"DB_USERS_KEY", "MAIL_API_KEY"', "", "the service `jobs` requires `DB_USERS_KEY`"),
        # most of the mapping is in no list: these are lists of something else
        ('"MAIL_API_KEY"', ', "A_KEY": "a-key", "B_KEY": "b-key", "C_KEY": "c-key"', ""),
    ],
)
def test_what_the_list_of_a_service_lacks_of_a_mapping(tmp_path: Path, own: str, more: str, lacks: str) -> None:
    files = {"docker-compose.yml": COMPOSE, "secrets_config.py": LISTS.format(own, more)}
    write(tmp_path, {**CODE, **files})
    found = said(tmp_path, "SSOT201")
    assert len(found) == bool(lacks)
    assert all(lacks in each for each in found)


def test_a_service_is_known_by_its_dockerfile_alone(tmp_path: Path) -> None:
    write(tmp_path, {**CODE, "secrets_config.py": LISTS.format('"MAIL_API_KEY"', "")})
    (finding,) = said(tmp_path, "SSOT201")
    assert "the service `jobs` lacks `DB_USER_KEY`" in finding


@pytest.mark.parametrize(("file", "level"), [("", "warning"), ("MAIL_SIGN_KEY=\n", "error")])
def test_what_a_service_reads_and_no_list_has_of_the_mapping(tmp_path: Path, file: str, level: str) -> None:
    code = CODE["jobs/main.py"] + "import os\nSIGN = os.environ.get('MAIL_SIGN_KEY')\n"
    lists = LISTS.format('"DB_USER_KEY", "MAIL_API_KEY"', ', "MAIL_SIGN_KEY": "sign-key"')
    write(tmp_path, {**CODE, "jobs/main.py": code, "secrets_config.py": lists, "staging.env": file})
    (finding,) = said(tmp_path, "SSOT201")
    assert finding.startswith(level)
    assert "the service `jobs` lacks `MAIL_SIGN_KEY`" in finding


def test_a_mapping_by_service_that_names_no_environment(tmp_path: Path) -> None:
    mapping = (
        'SECRETS = {"web": {"JWT_SECRET_KEY": "jwt-key", "DB_PASSWORD": "db-password", "DB_USER_KEY": "db-user-key"},\n'
        '    "jobs": {"DB_PASSWORD": "db-password", "DB_USER_KEY": "db-user-key"}, "x": {"MAIL_API_KEY": "a-mail"}}\n'
    )
    write(tmp_path, {**CODE, "secrets_config.py": mapping, "config/staging.env": "DB_BUCKET=files\n"})
    (finding,) = said(tmp_path, "SSOT201")
    assert "the service `jobs` lacks `MAIL_API_KEY`: the code needs it" in finding


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
