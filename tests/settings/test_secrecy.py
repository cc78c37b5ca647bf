"""No value of a secret leaves the place where it stands: not into any output, not into the cache, not into a log."""

from __future__ import annotations

import base64
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssot_lint.cli.main import run
from ssot_lint.report import format_names
from ssot_lint.run import Request, Run
from tests.settings.projects import write

# Made up, and put together here so that no scanner takes them for real.
PLANTED = [
    "gh" + "p_" + "a8Fk29sLq0ZxV7bNmT4cRyW3eUo5iPj6Hd1G",
    "kX9" + "vQ2mZ7" + "tR4bL8nW1yC5",
    "pl4nted" + "-Pa55w0rd-in-the-url",
    "pl4nted" + "-numeric-9153720468",
    "pl4nted" + "-compose",
    "pl4nted" + "-workflow",
    "pl4nted" + "-kubernetes",
    "pl4nted" + "-terraform",
    "pl4nted" + "-python",
    "pl4nted" + "-flag",
    "pl4nted" + "-default",
    "91537204681",
]
# What stands under a name that tells nothing, or beside one: pieces of broken values, in the places of names and ids.
PIECES = [f"pl4nted{number}x" for number in range(90)]
CONTRACT = """[[contracts]]
name = "context"
code = "SSOT101"
targets = ["second.manager"]
requires = "context"
phases = ["import"]
replace-with = "second.make"
"""
PRIVATE = ["Qp" + "BenQtYh5Xj8TPQxjq4i9DoV8gz4FkQ1okTBGzv", "izwd1iaeOV4qBkdfQ1y3" + "GQsMpSscDlkrCaqx9vJu"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a secret in every kind of file, and drift everywhere."""
    token, random, url, numeric, compose, workflow, kubernetes, terraform, python, flag, default, pin = PLANTED
    files = {
        "ssot-lint.toml": 'entry-points = ["main", "second"]\npacks = ["websocket-timeouts", "secret-drift"]\n'
        + CONTRACT,
        "main.py": (
            "import os\n"
            f'API_TOKEN = os.environ.get("API_TOKEN", "{default}")\n'
            f'SECRET_KEY = "{random}"\n'
            f'DB_PASSWORD = os.environ["MISSING"] + "{python}"\n'
            'REGION = os.environ["NOWHERE"]\n'
        ),
        "production.env": (
            f"GITHUB_TOKEN={token}\nJWT_SECRET={random}\nJWT_SECRET={numeric}\nDATABASE_URL=postgres://u:{url}@db/x\n"
            f"PIN_SECRET={pin}\nMISSING=\nPIN_SECRET={pin}1\n"
        ),
        "staging.env": f"GITHUB_TOKEN={token}\n",
        "compose.yaml": f"services: {{web: {{environment: {{API_TOKEN: {compose}, B: '${{X:-{compose}}}'}}}}}}\n",
        ".github/workflows/x.yml": f"env: {{API_TOKEN: {workflow}}}\njobs: {{}}\n",
        "k8s/x.yaml": f"apiVersion: v1\nkind: Secret\nmetadata: {{name: x}}\nstringData: {{API_TOKEN: {kubernetes}}}\n",
        "main.tf": (
            'resource "google_cloud_run_v2_service" "x" {\n  template {\n    containers {\n      env {\n'
            f'        name  = "API_TOKEN"\n        value = "{terraform}"\n      }}\n    }}\n  }}\n}}\n'
        ),
        "deploy.sh": f"gcloud run deploy web --set-env-vars=API_TOKEN={flag}\n",
        "broken.env": f"'{token}\n",
        "compose.broken.yml": f"services: [\n  {compose}: {{\n",
        **_neutral(iter(PIECES)),
    }
    return write(tmp_path / "project", files)


def _neutral(pieces: Iterator[str]) -> dict[str, str]:
    """Files in which secrets stand under names that tell nothing, or where names and ids should stand."""
    key = "\n".join(["-----BEGIN PRIVATE KEY-----", *PRIVATE, "-----END PRIVATE KEY-----"])
    encoded = base64.b64encode(f"postgres://u:{next(pieces)}@db/x".encode()).decode()
    return {
        "second.py": (
            "import os\n"
            "def make(**more): ...\n"
            "def manager(context=None, **more):\n    if context is None:\n        raise ValueError\n"
            f'manager(dsn="postgres://u:{next(pieces)}@db/x")\n'
            f'manager(token=\n  "{next(pieces)}")\n'
            f"manager(one=1)  # its password was {next(pieces)}\n"
            f'PASSWORD = """\n{next(pieces)}\n"""; manager()\n'
            f'manager(key="""{key}\n""")\n'
            f'FOO = os.environ.get("FOO", b"{next(pieces)}") + os.environ["MISSING"]\n'
            f'manager(headers={{"x": "Bearer {next(pieces)}"}})\n'
            f'conn = "Server=x;Password={next(pieces)}"; manager()\n'
        ),
        "deployment/secrets_config.py": (
            f'SECRET_VALUES = {{"A_TOKEN": "{next(pieces)}-blue", "B_TOKEN": "{next(pieces)}-blue"}}\n'
            f'SECRETS_OF = {{"A2_TOKEN": {{"secret": "{next(pieces)}-blue"}}}}\n'
            f'ARGUMENTS = ["gcloud", "run", "deploy", "web", "--set-env-vars", "FOO=a,{next(pieces)}"]\n'
        ),
        "development.env": f"FOO={next(pieces)}\nFOO={next(pieces)}\nKEY={key}\n{next(pieces)}\nB '{next(pieces)}'\n",
        "compose.override.yml": (
            f"services: {{web: {{environment: ['FOO={next(pieces)}', {next(pieces)}, {PRIVATE[0]}]}}}}\n"
        ),
        "k8s/all.yaml": (
            "apiVersion: v1\nkind: Secret\nmetadata: {name: y}\n"
            f"stringData: {{FOO: {next(pieces)}}}\ndata: {{BAR: {encoded}}}\n"
            f"---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: z}}\ndata: {{FOO: {next(pieces)}}}\n"
        ),
        "k8s/kustomization.yaml": f"configMapGenerator: [{{literals: [FOO={next(pieces)}, {next(pieces)}]}}]\n",
        "values.yaml": f"env: {{FOO: {next(pieces)}}}\n",
        "service.yaml": (
            "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: web}\n"
            f"spec: {{template: {{spec: {{containers: [{{env: [{{name: FOO, value: {next(pieces)}}}]}}]}}}}}}\n"
        ),
        ".github/workflows/y.yml": (
            f"env: {{FOO: {next(pieces)}}}\njobs: {{d: {{steps: ["
            f'{{run: "gcloud run deploy web --set-env-vars FOO=a,{next(pieces)}"}}, '
            f'{{uses: google-github-actions/deploy-cloudrun@v2, with: {{env_vars: "FOO=a,{next(pieces)}"}}}}]}}}}\n'
        ),
        "cloudbuild.yaml": f"steps: [{{args: [run, deploy, web, --set-env-vars, 'FOO=a,{next(pieces)}']}}]\n",
        "Dockerfile": f"FROM x\nARG FOO={next(pieces)}\nENV BAR={next(pieces)}\nENV C {next(pieces)} d\n",
        "other.tf": f'locals {{\n  env = {{ FOO = "{next(pieces)}" }}\n}}\n',
        "deploy2.sh": f"PW={next(pieces)}\ngcloud run deploy web --set-env-vars=FOO=$PW,{next(pieces)}\n",
        "inventory/secrets.txt": f"a-token\nb-token\n{PRIVATE[0].lower()}\n",
        "app.yaml": f"runtime: x\nenv_variables: {{FOO: {next(pieces)}, FOO: {next(pieces)}}}\n",
        "serverless.yml": f"provider: {{environment: {{FOO: {next(pieces)}, FOO: {next(pieces)}}}}}\n",
        "web.service": f"[Service]\nEnvironment=FOO={next(pieces)} FOO={next(pieces)} '{next(pieces)}\n",
        "fly.other.toml": f'app = "web"\n[env]\nFOO = "{next(pieces)}\n',
        "roles/web/templates/web.env.j2": (
            f"FOO={next(pieces)}\nAPI_TOKEN={next(pieces)}\nAPI_TOKEN={next(pieces)}\n{next(pieces)}\n"
            f"{{% if x %}}\nDB_PASSWORD={next(pieces)}\n{{% endif %}}\n"
        ),
        "write.sh": (
            f"cat > .env <<EOF\nAPI_TOKEN={next(pieces)}\n{next(pieces)}\nEOF\necho '{next(pieces)}' >> .env\n"
            f"echo DB_PASSWORD={next(pieces)} >> .env\n"
            f"az webapp config appsettings set -n x --settings FOO={next(pieces)}\n"
        ),
        "zappa_settings.json": f'{{"staging": {{"environment_variables": {{"API_TOKEN": "{next(pieces)}"}}}}}}\n',
        ".chalice/config.json": f'{{"environment_variables": {{"API_TOKEN": "{next(pieces)}"}}}}\n',
        ".ebextensions/x.config": (
            f'option_settings: {{"aws:elasticbeanstalk:application:environment": {{API_TOKEN: {next(pieces)}}}}}\n'
        ),
        ".do/app.yaml": f"services: [{{name: web, envs: [{{key: API_TOKEN, value: {next(pieces)}}}]}}]\n",
        "tf/main.tf": ('module "x" {\n  source = "./m"\n  env = var.env\n}\n'),
        "tf/m/main.tf": ('resource "aws_lambda_function" "x" {\n  environment {\n    variables = var.env\n  }\n}\n'),
        "tf/staging.tfvars": f'env = {{\n  API_TOKEN = "{next(pieces)}"\n}}\n',
        "tf/production.tfvars": f'env = {{\n  API_TOKEN = "{next(pieces)}"\n}}\n',
        "chart/values-staging.yaml": f"env: {{API_TOKEN: {next(pieces)}}}\n",
        "render.yaml": (
            f"services: [{{name: web, envVars: [{{key: FOO, value: {next(pieces)}}}, "
            f"{{key: FOO, value: {next(pieces)}}}]}}]\n"
        ),
        "task.json": (
            '{"containerDefinitions": [{"name": "web", "environment": ['
            f'{{"name": "FOO", "value": "{next(pieces)}"}}, {{"name": "FOO", "value": "{next(pieces)}"}}]}}]}}\n'
        ),
        ".gitlab-ci.yml": f"variables: {{FOO: {next(pieces)}, FOO: {next(pieces)}}}\n",
        "broken.tf": f'resource "google_secret_manager_secret" "b" {{\n  secret_id = "{next(pieces)}\n',
        "broken.py": f'TOKEN = "{next(pieces)}\n',
    }


def _leaks(text: str) -> list[str]:
    every = (*PLANTED, *PIECES, *PRIVATE)
    encoded = [base64.b64encode(planted.encode()).decode().rstrip("=") for planted in every]
    return [planted for planted in (*every, *encoded) if planted in text]


@pytest.mark.parametrize("output_format", format_names())
def test_no_report_shows_a_value(
    project: Path,
    tmp_path: Path,
    output_format: str,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    cache = str(tmp_path / "cache")
    status = run(["check", str(project), "--output-format", output_format, "-v", "--cache-dir", cache])
    captured = capfd.readouterr()
    assert status == 1
    assert "SSOT206" in captured.out
    assert "SSOT208" in captured.out
    assert _leaks(captured.out + captured.err + caplog.text) == []


@pytest.mark.parametrize("output_format", ["text", "json", "markdown"])
def test_no_table_shows_a_value(
    project: Path, tmp_path: Path, output_format: str, capfd: pytest.CaptureFixture[str]
) -> None:
    arguments = ["settings", str(project), "--output-format", output_format, "--cache-dir", str(tmp_path / "cache")]
    assert run(arguments) == 0
    captured = capfd.readouterr()
    assert "JWT_SECRET" in captured.out
    assert _leaks(captured.out + captured.err) == []


@pytest.mark.parametrize(
    "command", [["graph", "--format", "json"], ["why"], ["baseline"], ["check", "--fix", "--diff"], ["entry-points"]]
)
def test_no_other_command_shows_a_value(
    project: Path, tmp_path: Path, command: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    symbol = ["*manager"] if command == ["why"] else []
    run([command[0], str(project), *symbol, *command[1:], "--cache-dir", str(tmp_path / "cache")])
    captured = capfd.readouterr()
    written = project / ".ssot-lint-baseline.json"
    kept = written.read_text() if written.exists() else ""
    assert kept or captured.out
    assert _leaks(captured.out + captured.err + kept) == []


def test_a_starter_configuration_shows_no_value(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (project / "ssot-lint.toml").unlink()
    assert run(["init", str(project)]) == 0
    captured = capfd.readouterr()
    written = (project / "ssot-lint.toml").read_text()
    assert "[[sources]]" in written
    assert _leaks(captured.out + captured.err + written) == []


def test_the_cache_holds_no_value(project: Path, tmp_path: Path) -> None:
    run(["check", str(project), "--cache-dir", str(tmp_path / "cache"), "--output-file", str(tmp_path / "out")])
    files = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    assert files
    content = b"".join(path.read_bytes() for path in files)
    assert [planted for planted in PLANTED if planted.encode() in content] == []


def test_no_setting_shows_a_value_when_it_is_printed(project: Path) -> None:
    with Run(Request((project,), no_cache=True, jobs=1)) as started:
        settings = started.context.settings
    assert _leaks(repr(settings)) == []
    assert all(setting.digest not in repr(setting) for setting in settings if setting.digest)


def test_why_shows_no_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = f'API_KEY = os.environ.get("API_KEY", "{PLANTED[1]}")\n'
    write(tmp_path, {"main.py": f"import os\n{line}", "ssot-lint.toml": 'entry-points = ["main"]\n'})
    run(["why", str(tmp_path), "os.environ.get", "--no-cache"])
    shown = capsys.readouterr().out
    assert "main.py:2" in shown
    assert PLANTED[1] not in shown


@pytest.mark.parametrize("value", [PLANTED[0], "sk-" + PLANTED[1] + "-" + PLANTED[1]])
def test_a_value_in_the_place_of_an_id_is_no_id(tmp_path: Path, value: str) -> None:
    mapping = f'SECRETS = {{"A_KEY": "a-key", "B_KEY": "{value}"}}\n'
    write(tmp_path, {"secrets_config.py": mapping})
    with Run(Request((tmp_path,), no_cache=True, jobs=1)) as started:
        assert {each.name for each in started.context.settings.of("mapped")} == {"A_KEY"}
