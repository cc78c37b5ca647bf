"""SSOT211: files that deployments name and that are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

FILES = {
    "scripts/deploy_to_gcp.py": "print()\n",
    "scripts/check.sh": "echo\n",
    "docker/web.Dockerfile": "FROM python:3.11\n",
    "web/main.py": "",
}
WORKFLOW = """\
on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
{step}
"""


def workflow(step: str) -> dict[str, str]:
    return {".github/workflows/deploy.yml": WORKFLOW.format(step=step)}


@pytest.mark.parametrize(
    ("step", "path"),
    [
        ("      - run: python scripts/deploy_to_gcp.py --environment staging", ""),
        ("      - run: python scripts/deploy_gcp.py --environment staging", "scripts/deploy_gcp.py"),
        ("      - run: |\n          set -e\n          ./scripts/checks.sh", "scripts/checks.sh"),
        ("      - run: bash scripts/checks.sh", "scripts/checks.sh"),
        ("      - run: python checks.py\n        working-directory: scripts", "scripts/checks.py"),
        ("      - run: docker build -f docker/jobs.Dockerfile .", "docker/jobs.Dockerfile"),
        ("      - run: docker build --file=docker/jobs.Dockerfile .", "docker/jobs.Dockerfile"),
        ("      - run: helm upgrade web . --values=docker/gone.yaml", "docker/gone.yaml"),  # the last word
        ("      - uses: ./.github/actions/setup", ""),  # no folder of that name: it may come from elsewhere
        ("      - run: cd web && python scripts/other.py", ""),
        ("      - run: |\n          curl -o scripts/got.sh https://example.com\n          bash scripts/got.sh", ""),
        ("      - run: |\n          if [ -f scripts/own.sh ]; then\n            bash scripts/own.sh\n          fi", ""),
        ("      - run: python scripts/local.py", ""),  # git ignores it
        ("      - run: python elsewhere/deploy.py", ""),
        ("      - run: python scripts/$NAME.py", ""),
        ("      - uses: actions/checkout@v4\n        with:\n          path: x\n      - run: bash scripts/gone.sh", ""),
    ],
)
def test_what_a_step_names(tmp_path: Path, step: str, path: str) -> None:
    write(tmp_path, {**FILES, **workflow(step), ".gitignore": "scripts/local.py\n"})
    found = said(tmp_path, "SSOT211")
    assert len(found) == bool(path)
    assert all(f"there is no `{path}`" in each for each in found)


def test_a_workflow_that_is_called(tmp_path: Path) -> None:
    text = "on: push\njobs:\n  smoke:\n    uses: ./.github/workflows/smokes.yml\n"
    write(tmp_path, {".github/workflows/deploy.yml": text, ".github/workflows/smoke.yml": "on: workflow_call\n"})
    (finding,) = said(tmp_path, "SSOT211")
    assert finding.startswith("warning .github/workflows/deploy.yml:4 there is no `.github/workflows/smokes.yml`, and")
    assert finding.endswith("is `.github/workflows/smoke.yml` meant?")
    write(tmp_path, {".github/workflows/smokes.yml": "on: workflow_call\n"})
    assert not said(tmp_path, "SSOT211")


@pytest.mark.parametrize(
    ("service", "path"),
    [
        ("build: {context: ., dockerfile: docker/web.Dockerfile}", ""),
        ("build: {context: ., dockerfile: docker/app.Dockerfile}", "docker/app.Dockerfile"),
        ("build: {context: ../other, dockerfile: Dockerfile}", ""),
        ("build: {context: https://example.com/x.git, dockerfile: docker/app.Dockerfile}", ""),
        ("build: {context: ., dockerfile: '${KIND}.Dockerfile'}", ""),
        ("extends: {file: docker/base.yml, service: x}", "docker/base.yml"),
    ],
)
def test_what_a_compose_file_names(tmp_path: Path, service: str, path: str) -> None:
    write(tmp_path, {**FILES, "docker-compose.yml": f"services:\n  web:\n    {service}\n"})
    found = said(tmp_path, "SSOT211")
    assert len(found) == bool(path)
    assert all(f"there is no `{path}`" in each for each in found)


@pytest.mark.parametrize(("name", "count"), [("web", 0), ("app", 1)])
def test_what_a_deploy_script_and_cloud_build_name_is_one_fault(tmp_path: Path, name: str, count: int) -> None:
    script = f'SERVICES = [Service(name="web", dockerfile="docker/{name}.Dockerfile")]\n'
    build = f"steps:\n- name: gcr.io/cloud-builders/docker\n  args: [build, -f, docker/{name}.Dockerfile, .]\n"
    write(tmp_path, {**FILES, "scripts/deploy_to_gcp.py": script, "cloudbuild.yaml": build})
    found = said(tmp_path, "SSOT211")
    assert len(found) == count
    assert all("there is no `docker/app.Dockerfile`" in each for each in found)


def test_a_build_in_a_folder_of_builds(tmp_path: Path) -> None:
    build = "steps:\n- name: gcr.io/cloud-builders/docker\n  args: [build, -f, docker/app.Dockerfile, .]\n"
    write(tmp_path, {**FILES, "cloudbuild/app.yaml": build})
    assert len(said(tmp_path, "SSOT211")) == 1


@pytest.mark.parametrize(
    ("given", "files", "path"),
    [
        ("[config/dev.env]", {}, ""),
        ("[config/development.env]", {}, "config/development.env"),
        ("config/development.env", {}, "config/development.env"),
        ("[{path: config/local.env, required: false}]", {}, ""),
        ("[{path: config/local.env}]", {}, "config/local.env"),
        ("[config/secret.env]", {}, ""),  # git ignores it
        ("[config/.env]", {}, ""),  # of everybody's own
        ("[config/local.env]", {"config/local.env.example": "A=1\n"}, ""),  # to be copied
        ("[other/local.env]", {"other/x.txt": ""}, ""),  # no such file is tracked there
    ],
)
def test_environment_files_of_services(tmp_path: Path, given: str, files: dict[str, str], path: str) -> None:
    compose = f"services:\n  web:\n    image: x\n    env_file: {given}\n"
    own = {"config/dev.env": "A=1\n", ".gitignore": "config/secret.env\n", "docker-compose.yml": compose}
    write(tmp_path, {**own, **files})
    found = said(tmp_path, "SSOT211")
    assert [f"there is no `{path}`, and a service here is given it" in each for each in found] == [True] * bool(path)


MANAGE = """import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
if __name__ == "__main__":
    from django.core.management import execute_from_command_line
    execute_from_command_line(sys.argv)
"""


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"chart/values.yaml": "env:\n  DJANGO_SETTINGS_MODULE: shop.settings_production\n"}, ["chart/values.yaml:2"]),
        ({"Dockerfile": "FROM python\nENV DJANGO_SETTINGS_MODULE=backend.settings\n"}, ["Dockerfile:2"]),
        ({"chart/values.yaml": "env:\n  DJANGO_SETTINGS_MODULE: shop.settings\n"}, []),
        ({"Dockerfile": "FROM python\nENV DJANGO_SETTINGS_MODULE=settings\n"}, []),  # seen from its folder
        ({"compose.yaml": "services:\n  web: {environment: {DJANGO_SETTINGS_MODULE: shop.mine}}\n"}, []),
        ({"Dockerfile": "FROM python\nENV DJANGO_SETTINGS_MODULE=$WHERE\n"}, []),
    ],
)
def test_a_module_of_settings(tmp_path: Path, files: dict[str, str], told: list[str]) -> None:
    code = {"shop/__init__.py": "", "shop/settings.py": "", "manage.py": MANAGE}
    write(tmp_path, {**code, **files})
    said_ = "`DJANGO_SETTINGS_MODULE` names a module here that this project does not have"
    assert said(tmp_path, "SSOT211") == [f"warning {each} {said_}" for each in told]
