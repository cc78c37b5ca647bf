"""No value of a secret leaves the place where it stands: not into any output, not into the cache, not into a log."""

from __future__ import annotations

import logging
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


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a secret in every kind of file, and drift everywhere."""
    token, random, url, numeric, compose, workflow, kubernetes, terraform, python, flag, default, pin = PLANTED
    files = {
        "ssot-lint.toml": 'entry-points = ["main"]\npacks = ["websocket-timeouts", "secret-drift"]\n',
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
    }
    return write(tmp_path / "project", files)


def _leaks(text: str) -> list[str]:
    return [planted for planted in PLANTED if planted in text]


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
