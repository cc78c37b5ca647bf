"""What the lists and mappings of services lack of what their code needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write
from tests.settings.two_services import CODE, COMPOSE, LISTS


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


SCRIPT = """from secrets_config import SERVICE_SECRETS, SECRET_MAPPINGS
VARIABLES = {
    "staging": {"web": {"DB_BUCKET": "files"}, "jobs": {"DB_BUCKET": "files"}},
    "production": {"web": {"DB_BUCKET": "p"}, "jobs": {JOBS}},
}


def deploy(service, stage):
    secrets = ",".join(f"{name}={SECRET_MAPPINGS[name]}-{stage}:latest" for name in SERVICE_SECRETS[service])
    values = ",".join(f"{key}={value}" for key, value in VARIABLES[stage][service].items())
    return ["gcloud", "run", "deploy", service, "--set-env-vars", values, "--set-secrets", secrets]
"""


@pytest.mark.parametrize(("jobs", "count"), [('{"DB_BUCKET": "p"}', 0), ('{"LOG": "p"}', 1)])
@pytest.mark.parametrize("file", ["", "config/production.env"])
def test_another_environment_than_that_of_the_mapping(tmp_path: Path, jobs: str, count: int, file: str) -> None:
    lists = LISTS.format('"DB_USER_KEY", "MAIL_API_KEY"', "")
    for name in ("jwt-secret-key", "db-password", "db-user-key", "oauth-secret", "mail-api-key"):
        lists = lists.replace(f'"{name}"', f'"{name}-staging"')
    copied = {file: "DB_BUCKET=p\nLOG=1\nFIRST=1\n"} if file else {}
    script = SCRIPT.replace("{JOBS}", jobs).replace(
        '"DB_BUCKET": "files"', '"DB_BUCKET": "files", "LOG": "1", "FIRST": "1"'
    )
    script = script.replace('{"DB_BUCKET": "p"}, "jobs"', '{"DB_BUCKET": "p", "LOG": "1", "FIRST": "1"}, "jobs"')
    write(tmp_path, {**CODE, **copied, "secrets_config.py": lists, "deploy.py": script})
    found = [each for code in ("SSOT202", "SSOT206", "SSOT207") for each in said(tmp_path, code)]
    assert len(found) == count
    assert all("the service `jobs` lacks `DB_BUCKET` in production" in each for each in found)
