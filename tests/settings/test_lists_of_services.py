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
