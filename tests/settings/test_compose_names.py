"""What services of compose files name and no compose file defines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

COMPOSE = """\
services:
  db:
    image: postgres:15
    volumes: ["data:/var/lib", "./init.sql:/init.sql", "/anonymous", "~/x:/y", "${{HOME_DIR}}:/z"]
  web:
    image: web
    networks: [default, back]
    {service}
volumes:
  data:
networks:
  back:
secrets:
  key: {{file: key.txt}}
"""


@pytest.mark.parametrize(
    ("service", "found"),
    [
        ("depends_on: [db]", ""),
        ("depends_on: [postgres]", "service `postgres`"),
        ("depends_on: {dbb: {condition: service_healthy}}", "service `dbb`, which a service here asks for; is `db`"),
        ("depends_on: {cache: {condition: service_started, required: false}}", ""),
        ("extends: db", ""),
        ("extends: {service: base}", "service `base`"),
        (f"extends: {{service: base, file: {'n' * 300}.yml}}", ""),  # no file can have that name
        ("links: ['dbase:db']", "service `dbase`"),
        ("network_mode: service:vpn", "service `vpn`"),
        ("network_mode: host", ""),
        ("volumes: ['files:/files']", "volume `files`"),
        ("volumes: [{type: volume, source: files, target: /f}]", "volume `files`"),
        ("volumes: [{type: bind, source: files, target: /f}]", ""),
        ("secrets: [key, {source: token, target: t}]", "secret `token`"),
        ("secrets: ['${KEY_NAME}']", ""),
    ],
)
def test_what_a_service_names(tmp_path: Path, service: str, found: str) -> None:
    write(tmp_path, {"docker-compose.yml": COMPOSE.format(service=service)})
    told = said(tmp_path, "SSOT206")
    assert [f"there is no {found}" in each for each in told] == [True] * bool(found)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docker-compose.dev.yml", "services:\n  postgres:\n    image: postgres\n"),
        ("compose.base.yml", "services:\n  x: {{ y }}\n"),  # whatever it is, it may define anything
    ],
)
def test_what_another_file_defines_or_may(tmp_path: Path, path: str, text: str) -> None:
    write(tmp_path, {"docker-compose.yml": COMPOSE.format(service="depends_on: [postgres]"), path: text})
    assert not said(tmp_path, "SSOT206")


def test_what_a_file_outside_may_define(tmp_path: Path) -> None:
    included = "include: [../other/compose.yml]\n" + COMPOSE.format(service="depends_on: [postgres]")
    write(tmp_path, {"docker-compose.yml": included})
    assert not said(tmp_path, "SSOT206")
