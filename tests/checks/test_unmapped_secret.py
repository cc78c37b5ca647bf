"""SSOT201: what a mapping lacks of what services require."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.findings import Span
from tests.settings.projects import said, violations, write

ENTRY = {"ssot-lint.toml": 'entry-points = ["main"]\n'}


class TestUnmappedSecret:
    CONFIG = """
SERVICE_SECRETS = {{"backend": ["JWT_SECRET_KEY", "DB_PASSWORD", {more}], "auth": ["OAUTH_SECRET"]}}
SECRET_MAPPINGS = {{"JWT_SECRET_KEY": "jwt-key", "DB_PASSWORD": "db-password", "OAUTH_SECRET": "oauth-secret"}}
"""

    def test_what_the_mapping_lacks_is_one_finding(self, tmp_path: Path) -> None:
        write(tmp_path, {"secrets_config.py": self.CONFIG.format(more='"LLM_API_KEY"')})
        ((violation, span),) = violations(tmp_path, "SSOT201")
        assert violation.message == (
            "the service `backend` requires `LLM_API_KEY`, which the mapping in secrets_config.py lacks"
        )
        assert (violation.level, span.line) == ("error", 2)
        assert [related.message for related in violation.related] == [
            "the mapping: maps `JWT_SECRET_KEY` to the secret `jwt-key`, but has no `LLM_API_KEY`"
        ]

    def test_a_name_that_only_begins_as_that_of_an_environment(self, tmp_path: Path) -> None:
        write(tmp_path, {"secrets_config.py": self.CONFIG.format(more='"E2E_OAUTH_KEY"')})
        assert ["`E2E_OAUTH_KEY`" in finding for finding in said(tmp_path, "SSOT201")] == [True]

    def test_a_complete_mapping_is_fine(self, tmp_path: Path) -> None:
        write(tmp_path, {"secrets_config.py": self.CONFIG.format(more='"JWT_SECRET_KEY"')})
        assert said(tmp_path, "SSOT201") == []

    def test_what_a_file_sets_is_not_lacking(self, tmp_path: Path) -> None:
        files = {
            "secrets_config.py": self.CONFIG.format(more='"LLM_API_KEY"'),
            "config/production.env": "LLM_API_KEY=${X}\n",
        }
        write(tmp_path, files)
        assert said(tmp_path, "SSOT201") == []

    def test_a_list_of_other_things_is_no_list_of_the_mapping(self, tmp_path: Path) -> None:
        write(tmp_path, {"secrets_config.py": self.CONFIG.format(more='"A_KEY", "B_KEY", "C_KEY", "D_KEY"')})
        assert said(tmp_path, "SSOT201") == []

    def test_what_one_environment_lacks_is_told_though_a_command_injects_it(self, tmp_path: Path) -> None:
        """The mapping of the other environment has it, so the command is not where it is meant to come from."""
        mapping = """
REQUIRED_SECRETS = ["A_KEY", "B_KEY", "C_KEY"]
SECRETS = {
    "staging": {"A_KEY": "a-staging", "B_KEY": "b-staging"},
    "production": {"A_KEY": "a-production", "B_KEY": "b-production", "C_KEY": "c-production"},
}
"""
        command = "gcloud run deploy web-staging --set-secrets A_KEY=a-staging:1,B_KEY=b-staging:1,C_KEY=c-staging:1\n"
        write(tmp_path, {"secrets_config.py": mapping, "deploy.sh": command})
        assert said(tmp_path, "SSOT201") == [
            "warning secrets_config.py:2 `C_KEY` is required, and the mapping of staging in secrets_config.py lacks it"
        ]

    def test_the_mapping_of_one_environment(self, tmp_path: Path) -> None:
        mapping = """
REQUIRED_SECRETS = ["A_KEY", "B_KEY", "C_KEY", "D_STAGING_KEY"]
CRITICAL_SECRETS = ["C_KEY", "A_KEY"]
STAGING_SECRETS = {"A_KEY": "a-staging", "B_KEY": "b-staging", "D_STAGING_KEY": "d-staging"}
PRODUCTION_SECRETS = {"A_KEY": "a-production", "B_KEY": "b-production", "C_KEY": "c-production"}
"""
        environment = 'import os\nos.environ["C_KEY"]\n'
        write(tmp_path, {**ENTRY, "main.py": environment, "secrets_config.py": mapping, "staging.env": "C_KEY=\n"})
        assert said(tmp_path, "SSOT201") == [
            "error secrets_config.py:2 `C_KEY` is required, and the mapping of staging in secrets_config.py lacks it"
        ]
        assert said(tmp_path, "SSOT203") == []

    @pytest.mark.parametrize("other", ["config/development.env", "exported/service.yaml"])
    def test_what_comes_to_another_environment_or_did_once_is_lacking(self, tmp_path: Path, other: str) -> None:
        ids = {each: f"{each.lower()}-key-staging" for each in "ABCDE"}
        mapping = "SECRETS = {" + ", ".join(f'"{each}_KEY": "{ids[each]}"' for each in "ABCD") + "}\n"
        service = (
            "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: web-staging}\nspec: {template: {spec: "
            "{containers: [{env: [{name: E_KEY, valueFrom: {secretKeyRef: {name: e-key-staging, key: latest}}}]}]}}}\n"
        )
        lists = 'REQUIRED_SECRETS = ["A_KEY", "B_KEY", "C_KEY", "D_KEY", "E_KEY"]\n'
        given = service if other.endswith("yaml") else "E_KEY=x\n"
        write(tmp_path, {"secrets_map.py": f"{mapping}{lists}", other: given})
        assert said(tmp_path, "SSOT201") == [
            "error secrets_map.py:2 `E_KEY` is required, and the mapping in secrets_map.py lacks it"
        ]


def test_the_mapping_that_has_most_of_a_list_is_named(tmp_path: Path) -> None:
    table = (
        'OTHER_SECRETS = {"X_KEY": "x-key"}\nSECRETS = {"A_KEY": "a-key", "B_KEY": "b-key"}\n'
        'REQUIRED_SECRETS = ["A_KEY", "B_KEY", "C_KEY"]\n'
    )
    write(tmp_path, {"secrets_map.py": table})
    ((violation, _),) = violations(tmp_path, "SSOT201")
    place = violation.related[0].place
    assert isinstance(place, Span)
    assert place.line == 2


BOTH = """
SERVICE_SECRETS = {{"backend": ["A_KEY", "B_KEY", "C_KEY_STAGING", "E2E_KEY"{more}],
    "auth": ["A_KEY", "C_KEY_STAGING"]}}
SECRETS = {{"A_KEY": "a-staging", "B_KEY": "b-staging", "C_KEY_STAGING": "c-staging", "E2E_KEY": "e2e-staging"}}
PRODUCTION_SECRETS = {{
"A_KEY": "a-production", "B_KEY": "b-production", "C_KEY_PRODUCTION": "c-production", "D_KEY": "d-production"}}
"""
READS = (
    "import os\ndef login(stage):\n"
    "    if stage == 'production':\n        raise KeyError\n    return os.environ['E2E_KEY']\n"
    "def go(stage):\n    return os.environ[f'C_KEY_{stage.upper()}'], os.environ['A_KEY'], os.environ['B_KEY']\n"
)


def test_what_code_comes_to_in_other_environments_only(tmp_path: Path) -> None:
    files = {"secrets_config.py": BOTH.format(more=""), "main.py": READS, **ENTRY}
    assert said(write(tmp_path, files), "SSOT201") == []


def test_names_of_which_the_environments_differ_are_told_by_themselves(tmp_path: Path) -> None:
    files = {"secrets_config.py": BOTH.format(more=', "D_KEY", "F_KEY"'), **ENTRY, "main.py": ""}
    found = said(write(tmp_path, files), "SSOT201")
    assert sorted(finding.partition(" the service `backend` requires ")[2] for finding in found) == [
        "`D_KEY`, which the mapping of staging in secrets_config.py lacks",
        "`E2E_KEY`, which the mapping of production in secrets_config.py lacks",
        "`F_KEY`, which the mapping in secrets_config.py lacks",
    ]


SECRETS = ("DB_PASSWORD", "JWT_KEY", "API_TOKEN", "OAUTH_SECRET")


def test_what_several_services_require_is_one_fault(tmp_path: Path) -> None:
    lists = {"web": [*SECRETS, "LLM_KEY"], "jobs": [*SECRETS[:3], "LLM_KEY"]}
    mapping = {each: each.lower().replace("_", "-") for each in SECRETS}
    write(tmp_path, {"secrets_config.py": f"SERVICE_SECRETS = {lists}\nSECRET_MAPPINGS = {mapping}\n"})
    (finding,) = said(tmp_path, "SSOT201")
    assert "the services `web` and `jobs` require `LLM_KEY`, which the mapping in secrets_config.py lacks" in finding


@pytest.mark.parametrize(("read", "count"), [("os.getenv('E2E_KEY')", 0), ("os.environ['E2E_KEY']", 1)])
def test_a_list_beside_the_mapping_of_another_environment(tmp_path: Path, read: str, count: int) -> None:
    """Such a list says what that environment is given, be it that code elsewhere does without some of it."""
    staging = {each: f"{each.lower().replace('_', '-')}-staging" for each in (*SECRETS, "E2E_KEY")}
    production = [(each, f"{each.lower().replace('_', '-')}-production") for each in SECRETS]
    files = {
        "main.py": f"import os\n{read}\n",
        "deployment/secrets_config.py": (
            f"SERVICE_SECRETS = {{'web': {[*SECRETS, 'E2E_KEY']}}}\nSECRET_MAPPINGS = {staging}\n"
        ),
        "deployment/production.py": f"SECRETS = {production}\n",
    }
    write(tmp_path, {**ENTRY, **files})
    assert len(said(tmp_path, "SSOT201")) == count


@pytest.mark.parametrize(
    ("record", "is_required"),
    [
        ('Secret("LLM_KEY", "llm", required=True)', True),
        ('Secret("LLM_KEY", "llm", required=False)', False),
        ('Secret("LLM_KEY", "llm")', False),
    ],
)
def test_records_that_say_what_is_required(tmp_path: Path, record: str, *, is_required: bool) -> None:
    code = f"""
import os
from dataclasses import dataclass

@dataclass
class Secret:
    env_name: str
    attribute: str
    required: bool = False

SECRETS = ({", ".join(f'Secret("{each}", "x", required=True)' for each in SECRETS)}, {record})

def load():
    for each in SECRETS:
        value = os.environ.get(each.env_name)
        if not value and each.required:
            raise RuntimeError(each.env_name)
"""
    mapping = {each: each.lower().replace("_", "-") for each in SECRETS}
    write(tmp_path, {"main.py": code, "secrets_config.py": f"SECRET_MAPPINGS = {mapping}\n", **ENTRY})
    assert [
        "`LLM_KEY` is required, and the mapping in secrets_config.py lacks it" in each
        for each in said(tmp_path, "SSOT201")
    ] == ([True] * is_required)
