"""SSOT203: required settings that are empty where nothing injects them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

ENTRY = {"ssot-lint.toml": 'entry-points = ["main"]\n'}


class TestEmptySetting:
    CODE = 'import os\nA = os.environ["A_TOKEN"]\nB = os.environ.get("B_TOKEN", "x")\n'

    def test_required_and_empty_where_services_run(self, tmp_path: Path) -> None:
        env = "A_TOKEN=\nB_TOKEN=\nOTHER=\n"
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "production.env": env})
        assert said(tmp_path, "SSOT203") == [
            "error production.env:1 `A_TOKEN` is empty in production: required, and nothing injects it"
        ]

    def test_a_placeholder_is_as_bad(self, tmp_path: Path) -> None:
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "staging.env": "A_TOKEN=REPLACE_ME\n"})
        assert said(tmp_path, "SSOT203") == [
            "error staging.env:1 `A_TOKEN` is a placeholder in staging: required, and nothing injects it"
        ]

    @pytest.mark.parametrize(
        "files",
        [
            pytest.param({"mapping.py": 'SECRETS = {"A_TOKEN": "a-token"}\n'}, id="mapped"),
            pytest.param({"deploy.sh": "gcloud run deploy web --set-secrets A_TOKEN=a:1\n"}, id="injected"),
            pytest.param({"deploy.sh": 'gcloud run deploy web "$@"\n'}, id="perhaps injected"),
            pytest.param({"compose.yaml": "services: {web: {environment: {A_TOKEN: '${A_TOKEN}'}}}\n"}, id="passed on"),
        ],
    )
    def test_an_empty_value_that_is_injected_is_intended(self, tmp_path: Path, files: dict[str, str]) -> None:
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "production.env": "A_TOKEN=\n", **files})
        assert said(tmp_path, "SSOT203") == []

    def test_an_empty_variable_of_a_deployment_goes_before_a_file(self, tmp_path: Path) -> None:
        deploy = "gcloud run deploy web-production --set-env-vars A_TOKEN=,X=1\n"
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "production.env": "A_TOKEN=x\n", "deploy.sh": deploy})
        assert said(tmp_path, "SSOT203") == [
            "error deploy.sh:1 `A_TOKEN` is empty in production: required, and nothing injects it"
        ]

    @pytest.mark.parametrize("path", [".env", ".env.example", "development.env", "production.env.template"])
    def test_files_to_fill_in_may_be_empty(self, tmp_path: Path, path: str) -> None:
        write(tmp_path, {**ENTRY, "main.py": self.CODE, path: "A_TOKEN=\n"})
        assert said(tmp_path, "SSOT203") == []

    def test_the_one_that_was_forgotten_among_injected_ones(self, tmp_path: Path) -> None:
        code = "import os\n" + "".join(f'os.environ.get("{name}_TOKEN")\n' for name in "ABC")
        mapping = 'SECRETS = {"A_TOKEN": "a-token", "B_TOKEN": "b-token"}\n'
        env = "A_TOKEN=\nB_TOKEN=\nC_TOKEN=\n"
        write(tmp_path, {**ENTRY, "main.py": code, "mapping.py": mapping, "staging.env": env})
        assert said(tmp_path, "SSOT203") == [
            "warning staging.env:3 `C_TOKEN` is empty in staging: injected by nothing, as the other secrets are"
        ]

    @pytest.mark.parametrize(
        ("base", "own", "text"),
        [
            (".env", "staging.env", "NEEDED={}\n"),
            ("chart/values.yaml", "chart/values-staging.yaml", "env: {{NEEDED: '{}'}}\n"),
            ("compose.yaml", "compose.staging.yaml", "services: {{web: {{environment: {{NEEDED: '{}'}}}}}}\n"),
        ],
    )
    def test_what_stands_in_an_environment_stands_above_its_base(
        self, tmp_path: Path, base: str, own: str, text: str
    ) -> None:
        code = "import os\nos.environ['NEEDED']\n"
        write(tmp_path, {**ENTRY, "main.py": code, base: text.format("x"), own: text.format("")})
        assert said(tmp_path, "SSOT203") == [
            f"error {own}:1 `NEEDED` is empty in staging: required, and nothing injects it"
        ]

    def test_what_stands_empty_in_several_environments_is_one_fault(self, tmp_path: Path) -> None:
        code = "import os\nos.environ['NEEDED']\n"
        write(tmp_path, {**ENTRY, "main.py": code, "staging.env": "NEEDED=\n", "production.env": "NEEDED=\n"})
        assert said(tmp_path, "SSOT203") == [
            "error production.env:1 `NEEDED` is empty in production and staging: required, and nothing injects it"
        ]


class TestWhatComesToAnEnvironment:
    """What developers run, and what a script hands out of tables that are read, brings nothing else."""

    CODE = 'import os\nA = os.environ["A_TOKEN"]\nB = os.environ["B_URL"]\nC = os.environ["C_URL"]\n'
    SCRIPT = """
import subprocess
from secrets_table import SECRETS
ENV_VARS = {"B_URL": "https://b"}
def deploy():
    pairs = ",".join(f"{k}={v}" for k, v in ENV_VARS.items())
    secrets = ",".join(f"{k}={v}:latest" for k, v in SECRETS.items())
    subprocess.run(["gcloud", "run", "deploy", "web", "--set-env-vars", pairs, "--set-secrets", secrets])
"""

    def test_a_script_hands_out_its_tables(self, tmp_path: Path) -> None:
        table = 'SECRETS = {"A_TOKEN": "a-token"}\n'
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "deploy.py": self.SCRIPT, "secrets_table.py": table})
        assert said(tmp_path, "SSOT206") == ["error main.py:4 `C_URL` has no default, and no configuration declares it"]

    def test_compose_files_are_for_developers(self, tmp_path: Path) -> None:
        files = {"staging.env": "A_TOKEN=\n", "compose.yaml": "services: {web: {environment: {A_TOKEN: dev}}}\n"}
        write(tmp_path, {**ENTRY, "main.py": self.CODE, **files})
        assert said(tmp_path, "SSOT203") == []  # it may be what runs there
        write(tmp_path, {"deploy.sh": "gcloud run deploy web --set-env-vars B_URL=x,C_URL=y\n"})
        assert said(tmp_path, "SSOT203") == [
            "error staging.env:1 `A_TOKEN` is empty in staging: required, and nothing injects it"
        ]

    def test_deployments_of_one_service(self, tmp_path: Path) -> None:
        one = "gcloud run deploy web --set-secrets A_TOKEN=a:1,B_URL=b:1\n"
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "one.sh": one, "two.sh": one.replace("1\n", "1,C_URL=c:1\n")})
        assert said(tmp_path, "SSOT202") == [
            "error one.sh:1 the deployment of `web` does not inject `C_URL`, which two.sh injects into it"
        ]


def test_what_stands_empty_in_two_places_of_an_environment_is_one_fault(tmp_path: Path) -> None:
    code = {**ENTRY, "main.py": 'import os\nos.environ["A_TOKEN"]\n'}
    task = '{"family": "web-staging", "containerDefinitions": [{"environment": [{"name": "A_TOKEN", "value": ""}]}]}'
    write(tmp_path, {**code, "config/staging.env": "A_TOKEN=\n", "deploy/task.json": task})
    assert said(tmp_path, "SSOT203") == [
        "error config/staging.env:1 `A_TOKEN` is empty in staging: required, and nothing injects it"
    ]


def test_a_file_that_a_test_job_writes_is_no_deployment(tmp_path: Path) -> None:
    """What a compose file gives may be what runs there."""
    workflow = "on: push\njobs: {test: {steps: [{run: 'echo X=1 >> .env'}]}}\n"
    files = {"staging.env": "A_TOKEN=\n", "compose.yaml": "services: {web: {environment: {A_TOKEN: dev}}}\n"}
    code = 'import os\nos.environ["A_TOKEN"]\n'
    write(tmp_path, {**ENTRY, "main.py": code, **files, ".github/workflows/ci.yml": workflow})
    assert said(tmp_path, "SSOT203") == []
