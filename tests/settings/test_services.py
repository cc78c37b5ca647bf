"""Which service a variable is given to, and which of them reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, settings_of, write

COMPOSE = """services:
  shop:
    build: .
    command: uvicorn shop.main:app
    environment: {A_URL: a, B_URL: b}
  mailer:
    build: {context: ., dockerfile: mailer/Dockerfile}
    environment: {C_URL: c, D_URL: d}
  db:
    image: postgres:16
    environment: {D_URL: d}
  other:
    image: registry.example/other
"""
FILES = {
    "docker-compose.yml": COMPOSE,
    "mailer/Dockerfile": 'FROM python\nCMD ["uvicorn", "mailer.main:app"]\n',
    "shop/main.py": "import os\nfrom fastapi import FastAPI\nimport common\napp = FastAPI()\nos.environ['A_URL']\n",
    "mailer/main.py": "import os\nfrom fastapi import FastAPI\nimport common\napp = FastAPI()\nos.environ['C_URL']\n",
    "common.py": "import os\ndef b():\n    return os.environ['B_URL']\n",
}


def test_what_each_service_runs(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    runs = settings_of(tmp_path).runs
    assert {name: sorted(modules) for (kind, name), modules in runs.items() if kind == "compose"} == {
        "shop": ["common", "shop.main"],
        "mailer": ["common", "mailer.main"],
        "db": [],
    }


def test_what_only_others_are_given_is_not_declared(tmp_path: Path) -> None:
    main = FILES["mailer/main.py"] + "os.environ['A_URL']\n"
    write(tmp_path, {**FILES, "mailer/main.py": main})
    assert said(tmp_path, "SSOT206") == [
        "error mailer/main.py:6 `A_URL` has no default, and no configuration declares it for the service `mailer`"
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("command: uvicorn shop.main:app", "command: ./start.sh", id="it is not known what a service runs"),
        pytest.param("environment: {C_URL", "environment: {A_URL: a, C_URL", id="it is given it too"),
        pytest.param("services:\n", "x: 1\nservices:\n", id="what both run may be run by one"),
    ],
)
def test_nothing_is_said_where_nothing_is_sure(tmp_path: Path, before: str, after: str) -> None:
    main = FILES["mailer/main.py"] + ("" if "x: 1" in after else "os.environ['A_URL']\n")
    write(tmp_path, {**FILES, "mailer/main.py": main, "docker-compose.yml": COMPOSE.replace(before, after)})
    assert said(tmp_path, "SSOT206") == []


def test_a_gap_that_another_service_does_not_fill(tmp_path: Path) -> None:
    main = FILES["mailer/main.py"] + "os.environ['A_URL']\n"
    files = {**FILES, "mailer/main.py": main, "staging.env": "A_URL=1\n", "production.env": "LEVEL=1\n"}
    write(tmp_path, files)
    assert said(tmp_path, "SSOT207") == [
        "error production.env:1 production lacks `A_URL`, which `staging` has; the code needs it"
    ]


STAGES = """FROM python AS base
COPY . .
FROM base AS mailer
CMD ["uvicorn", "mailer.main:app"]
FROM base AS shop
CMD ["uvicorn", "shop.main:app"]
FROM shop AS last
RUN true
"""


@pytest.mark.parametrize(
    ("service", "runs"),
    [
        ("build: {context: ., target: mailer}", ["common", "mailer.main"]),
        ("build: {context: ., target: shop}", ["common", "shop.main"]),
        ("build: .", ["common", "shop.main"]),
        ("build: {context: ., target: base}", None),
    ],
)
def test_a_service_runs_the_stage_that_it_is_built_from(tmp_path: Path, service: str, runs: list[str] | None) -> None:
    compose = f"services: {{web: {{{service}, environment: {{A_URL: a}}}}}}\n"
    write(tmp_path, {**FILES, "docker-compose.yml": compose, "Dockerfile": STAGES})
    found = settings_of(tmp_path).runs.get(("compose", "web"))
    assert (sorted(found) if found is not None else None) == runs
