"""Files of platforms that small services run on, and the command that Azure's take their settings from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import read, said, short, write

ZAPPA = """{
  "staging": {
    "project_name": "shop",
    "environment_variables": {"A_URL": "x", "B_KEY": ""},
    "aws_environment_variables": {"C_URL": "y"}
  },
  "production": {"extends": "staging", "environment_variables": {"A_URL": "changeme"}}
}
"""
CHALICE = """{
  "version": "2.0",
  "app_name": "shop",
  "environment_variables": {"A_URL": "x"},
  "stages": {
    "prod": {
      "environment_variables": {"B_URL": "y"},
      "lambda_functions": {"mail": {"environment_variables": {"C_URL": "z"}}}
    }
  }
}
"""
BEANSTALK = """option_settings:
  aws:elasticbeanstalk:application:environment:
    A_URL: x
    B_URL: ""
  aws:elasticbeanstalk:container:python: {WSGIPath: main}
"""
LISTED = """option_settings:
  - {namespace: "aws:elasticbeanstalk:application:environment", option_name: A_URL, value: x}
  - {namespace: "aws:autoscaling:asg", option_name: MinSize, value: 1}
"""
APP = """name: shop-staging
envs: [{key: A_URL, value: x}]
services:
- name: web
  envs:
  - {key: B_KEY, type: SECRET}
  - {key: C_URL, value: "${db.DATABASE_URL}"}
  - {key: D_URL, value: x, scope: BUILD_TIME}
"""
AZURE = """az webapp config appsettings set -g rg -n shop-production --settings A_URL=x B_KEY="$B" \\
  C_KEY="@Microsoft.KeyVault(SecretUri=https://v/secrets/c)"
az functionapp config appsettings list -n shop
"""


def test_zappa() -> None:
    found = read("zappa", "zappa_settings.json", ZAPPA)
    assert [(each.name, each.value_state, each.environment, each.service, each.line) for each in found] == [
        ("A_URL", "literal", "staging", "shop", 4),
        ("B_KEY", "empty", "staging", "shop", 4),
        ("C_URL", "literal", "staging", "shop", 5),
        ("A_URL", "placeholder", "production", "", 7),
        ("*", "computed", "production", "", 7),
    ]


def test_chalice() -> None:
    found = read("chalice", ".chalice/config.json", CHALICE)
    assert [(each.name, each.environment, each.service, each.line) for each in found] == [
        ("A_URL", "", "shop", 4),
        ("B_URL", "production", "shop", 7),
        ("C_URL", "production", "shop", 8),
    ]


def test_elastic_beanstalk() -> None:
    path = ".ebextensions/env.config"
    assert short(read("elastic-beanstalk", path, BEANSTALK)) == [
        ("deployed", "A_URL", "literal", 3),
        ("deployed", "B_URL", "empty", 4),
    ]
    assert short(read("elastic-beanstalk", path, LISTED)) == [("deployed", "A_URL", "literal", 2)]


def test_app_platform() -> None:
    found = read("app-platform", ".do/app.yaml", APP)
    assert [(each.name, each.value_state, each.environment, each.service) for each in found] == [
        ("B_KEY", "secret", "staging", "web"),
        ("C_URL", "computed", "staging", "web"),
        ("A_URL", "literal", "staging", "web"),
    ]


def test_settings_of_azure() -> None:
    found = read("platform-command", "deploy.sh", AZURE)
    assert [(each.name, each.value_state, each.environment, each.service) for each in found] == [
        ("A_URL", "literal", "production", "shop-production"),
        ("B_KEY", "computed", "production", "shop-production"),
        ("C_KEY", "secret", "production", "shop-production"),
    ]


NAMES = ("A_URL", "B_URL", "C_URL", "D_URL", "E_URL")
FILES = {
    "zappa_settings.json": '{{"production": {{"environment_variables": {{{}}}}}}}',
    ".chalice/config.json": '{{"app_name": "shop", "environment_variables": {{{}}}}}',
    ".ebextensions/env.config": 'option_settings: {{"aws:elasticbeanstalk:application:environment": {{{}}}}}\n',
    "deploy.sh": "az webapp config appsettings set -n shop --settings {}\n",
    ".do/app.yaml": "name: shop\nservices:\n- name: web\n  envs: [{}]\n",
}


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("given", [NAMES, NAMES[:4]])
def test_what_a_platform_is_not_given(tmp_path: Path, path: str, given: tuple[str, ...]) -> None:
    forms = {"deploy.sh": "{}=x", ".do/app.yaml": "{{key: {}, value: x}}"}
    entries = (" " if path == "deploy.sh" else ", ").join(forms.get(path, '"{}": "x"').format(name) for name in given)
    code = "import os\n" + "".join(f"os.environ[{name!r}]\n" for name in NAMES)
    example = "".join(f"{name}=\n" for name in NAMES)
    config = {"ssot-lint.toml": 'entry-points = ["main"]\n'}
    write(tmp_path, {**config, "main.py": code, ".env.example": example, path: FILES[path].format(entries)})
    found = said(tmp_path, "SSOT206")
    assert ["`E_URL` has no default" in each for each in found] == [True] * (given != NAMES)


PROGRAMS = """[supervisord]
nodaemon=true
[program:api]
command=python -m api ; the web
environment=A_URL="http://a,b",B_KEY="%(ENV_B_KEY)s",
    C_URL='%(ENV_HOME)s/c'
[program:jobs]
command=python -m jobs
environment = A_URL=x
"""
PLAYBOOK = """- hosts: all
  tasks:
    - name: run
      community.docker.docker_container:
        name: web
        env: {A_URL: "{{ a_url }}", B_LEVEL: info, C_KEY: ""}
    - docker_container: {name: "{{ x }}", env_file: /etc/x.env}
"""


def test_supervisord() -> None:
    found = read("supervisord", "deploy/supervisord.conf", PROGRAMS)
    assert [(each.role, each.name, each.value_state, each.service, each.line) for each in found] == [
        ("set", "A_URL", "literal", "api", 5),
        ("declared", "B_KEY", "unset", "api", 5),
        ("set", "C_URL", "computed", "api", 6),
        ("set", "A_URL", "literal", "jobs", 9),
    ]


def test_ansible() -> None:
    found = read("ansible", "roles/web/tasks/main.yml", PLAYBOOK)
    assert [(each.role, each.name, each.value_state, each.service, each.line) for each in found] == [
        ("deployed", "A_URL", "computed", "web", 6),
        ("deployed", "B_LEVEL", "literal", "web", 6),
        ("deployed", "C_KEY", "empty", "web", 6),
        ("deployed", "*", "computed", "", 7),
    ]


def test_what_supervisord_starts_is_read(tmp_path: Path) -> None:
    files = {"api.py": "import os\nos.environ['A_URL']\n", "jobs.py": "import os\nos.environ['D_URL']\n"}
    write(tmp_path, {**files, "supervisord.conf": PROGRAMS})
    assert said(tmp_path, "SSOT206") == ["error jobs.py:2 `D_URL` has no default, and no configuration declares it"]
