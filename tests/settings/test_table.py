from __future__ import annotations

import json
from pathlib import Path

import pytest

from ssot_lint.cli.main import run
from tests.settings.projects import write

FIXTURE = Path(__file__).parents[2] / "fixtures" / "websocket_staging"


def _settings(capfd: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["settings", str(FIXTURE), "--no-cache", *arguments]) == 0
    return capfd.readouterr().out


def test_the_incident_stands_in_one_row(capfd: pytest.CaptureFixture[str]) -> None:
    rows = {row["name"]: row for row in json.loads(_settings(capfd, "--output-format", "json"))["settings"]}
    row = rows["E2E_OAUTH_SIMULATION_KEY"]
    shown = {
        column: [(place["path"], place["line"], place["state"], place["environment"]) for place in places]
        for column, places in row.items()
        if column != "name"
    }
    assert shown == {
        "read": [("app/websocket_core/auth.py", 25, "has a default", "")],
        "mapped": [("deployment/secrets_config.py", 19, "secret", "staging")],
        "set": [("config/staging.env", 25, "empty", "staging")],
        "provisioned": [],
        "deployed": [],
    }
    created = [place["path"] for place in rows["POSTGRES_PASSWORD"]["provisioned"]]
    assert {"terraform/secrets.tf", "deployment/inventory/staging.txt"} <= set(created)


def test_text_is_a_block_a_setting(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURE)
    blocks = _settings(capfd).split("\n\n")
    (block,) = [each for each in blocks if each.startswith("E2E_OAUTH_SIMULATION_KEY\n")]
    about = "staging backend e2e-oauth-simulation-key-staging"
    assert block.splitlines()[1:] == [
        "  read         has a default      app/websocket_core/auth.py:25",
        f"  mapped       secret             deployment/secrets_config.py:19  {about}",
        "  set          empty              config/staging.env:25  staging",
        "  -            provisioned, deployed",
    ]


def test_markdown_is_a_table(capfd: pytest.CaptureFixture[str]) -> None:
    lines = _settings(capfd, "--output-format", "markdown").splitlines()
    assert lines[0] == "| setting | read | mapped | set | provisioned | deployed |"
    (row,) = [line for line in lines if line.startswith("| `E2E_OAUTH_SIMULATION_KEY` |")]
    assert "empty (staging) `config/staging.env:25`" in row
    assert all(line.count("|") == lines[0].count("|") for line in lines)


def test_what_stands_on_one_line_stands_in_one_order(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n')
    names = ["worker", "api", "cron", "mail"]
    deploy = f"for name in {' '.join(names)}; do\n  gcloud run deploy $name --set-env-vars=MODE=x\ndone\n"
    (tmp_path / "deploy.sh").write_text(deploy)
    assert run(["settings", str(tmp_path), "--no-cache", "--output-format", "json"]) == 0
    rows = {row["name"]: row for row in json.loads(capfd.readouterr().out)["settings"]}
    assert [place["service"] for place in rows["MODE"]["deployed"]] == sorted(names)


def test_what_no_place_of_a_project_does_is_said_once(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A project without mappings need not read at each setting that it is not mapped."""
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n')
    (tmp_path / "main.py").write_text('import os\nos.environ["A_KEY"], os.environ["B_KEY"], os.getenv("C_KEY", "x")\n')
    (tmp_path / ".env.example").write_text("A_KEY=x\n")
    assert run(["settings", str(tmp_path), "--entry-point", "main", "--no-cache"]) == 0
    out, err = capfd.readouterr()
    assert [line for line in out.splitlines() if line.startswith("  - ")] == ["  -            set"] * 2
    assert "3 settings; code needs 2 of them; nothing gives B_KEY; none is mapped or provisioned or deployed" in err
    assert run(["settings", str(tmp_path), "--entry-point", "main", "--no-cache", "-q"]) == 0
    assert "settings;" not in capfd.readouterr().err


def test_what_is_only_declared_is_not_set(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n')
    (tmp_path / ".env.example").write_text("A_URL=http://x\nB_URL=\n")
    (tmp_path / "Dockerfile").write_text("FROM x\nARG C_URL\nENV D_URL=x\n")
    assert run(["settings", str(tmp_path), "--no-cache", "--output-format", "json"]) == 0
    rows = json.loads(capfd.readouterr().out)["settings"]
    states = {row["name"]: row["set"][0]["state"] for row in rows}
    assert states == {"A_URL": "declared", "B_URL": "declared", "C_URL": "declared", "D_URL": "value"}


def test_lists_that_hand_a_mapping_on_and_ids_of_other_environments(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    files = {
        "secrets_config.py": (
            'SERVICE_SECRETS = {"web": ["A_KEY", "B_KEY"], "jobs": ["B_KEY", "C_KEY"]}\n'
            'CRITICAL_SECRETS = {"web": ["A_KEY"]}\n'
            'SECRET_MAPPINGS = {"A_KEY": "a-key-staging", "B_KEY": "b-key-staging", "C_KEY": "c-key-staging"}\n'
        ),
        "create.sh": "for id in a-key b-key c-key; do\n  gcloud secrets create $id-staging\n"
        "  gcloud secrets create $id-production\ndone\n",
    }
    write(tmp_path, files)
    assert run(["settings", str(tmp_path), "--no-cache", "--output-format", "json"]) == 0
    rows = {row["name"]: row for row in json.loads(capfd.readouterr().out)["settings"]}
    assert sorted(rows) == ["A_KEY", "B_KEY", "C_KEY"]
    assert [each["state"] for each in rows["A_KEY"]["read"]] == ["listed as required"]
    assert [each["service"] for each in rows["B_KEY"]["deployed"]] == ["jobs", "web"]
    assert {each["state"] for each in rows["B_KEY"]["deployed"]} == {"listed for it"}
    assert [each["secret"] for each in rows["C_KEY"]["provisioned"]] == ["c-key-staging", "c-key-production"]


def test_only_settings_are_rows(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = """from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    origins: str = Field(validation_alias=AliasChoices("ORIGINS", "OLD_ORIGINS"))
Settings()
"""
    deploy = "gcloud run deploy web-staging --project shop-staging --image x --set-env-vars OLD_ORIGINS=x\n"
    files = {"main.py": code, "deploy.sh": deploy, "Dockerfile": 'FROM python\nCMD ["python", "main.py"]\n'}
    write(tmp_path, files)
    assert run(["settings", str(tmp_path), "--no-cache", "--output-format", "json"]) == 0
    shown = capfd.readouterr()
    rows = {row["name"]: row for row in json.loads(shown.out)["settings"]}
    assert sorted(rows) == ["--timeout", "OLD_ORIGINS", "ORIGINS"]
    assert [each["state"] for each in rows["ORIGINS"]["read"]] == ["other name given"]
    assert "nothing gives" not in shown.err
