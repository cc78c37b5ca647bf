"""The drift rules: what each says, and the traps at which each must keep silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, violations, write

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


class TestOrphanSetting:
    CODE = 'import os\nos.environ["A_URL"]\nos.environ["B_URL"]\ndef f(e):\n    return os.environ[f"JWT_{e}"]\n'

    def test_what_nothing_mentions(self, tmp_path: Path) -> None:
        env = "A_URL=1\nB_URL=2\nJWT_STAGING=3\nFAX_URL=4\n# OLD_URL=5\n"
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "staging.env": env})
        assert said(tmp_path, "SSOT204") == ["note staging.env:4 nothing reads `FAX_URL`"]

    @pytest.mark.parametrize(
        "files",
        [
            pytest.param({"other.py": '"FAX_URL"\n'}, id="some code mentions it"),
            pytest.param({"other.py": "class S:\n    fax_url: str\n"}, id="a field"),
            pytest.param({"run.sh": 'echo "$FAX_URL"\n'}, id="a script"),
            pytest.param({"web/app.ts": "process.env.FAX_URL\n"}, id="another language"),
        ],
    )
    def test_what_anything_mentions_may_be_read(self, tmp_path: Path, files: dict[str, str]) -> None:
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "staging.env": "A_URL=1\nB_URL=2\nFAX_URL=4\n", **files})
        assert said(tmp_path, "SSOT204") == []

    def test_what_libraries_read_by_themselves(self, tmp_path: Path) -> None:
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "staging.env": "A_URL=1\nB_URL=2\nPYTHONUNBUFFERED=1\n"})
        assert said(tmp_path, "SSOT204") == []

    def test_a_file_of_another_program(self, tmp_path: Path) -> None:
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "db/staging.env": "A_URL=1\nX_URL=1\nY_URL=2\nZ_URL=3\n"})
        assert said(tmp_path, "SSOT204") == []

    def test_a_table_of_which_little_is_read_beside_a_mapping(self, tmp_path: Path) -> None:
        mapping = 'SECRETS = {"A_URL": "a-url", "B_URL": "b-url", "FAX_KEY": "fax-key"}\n'
        patterns = 'SECRET_PATTERNS = {"AWS_PAT": "aws-pat", "B_URL": "b-url"}\n'
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "secrets_map.py": f"{mapping}{patterns}"})
        assert said(tmp_path, "SSOT204") == ["warning secrets_map.py:1 nothing reads `FAX_KEY`"]

    def test_what_nothing_creates_either_is_another_fault(self, tmp_path: Path) -> None:
        mapping = 'SECRETS = {"A_URL": "a-url", "B_URL": "b-url", "FAX_KEY": "fax-key"}\n'
        create = "gcloud secrets create a-url\ngcloud secrets create b-url\n"
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "secrets_map.py": mapping, "create.sh": create})
        assert len(said(tmp_path, "SSOT202")) == 1
        assert said(tmp_path, "SSOT204") == []


class TestUndeclaredSetting:
    WRAPPED = (
        "import os\nclass Missing(Exception): ...\ndef need(name):\n    value = os.environ.get(name)\n"
        "    if not value:\n        raise Missing(name)\n    return value\nneed('A_URL')\nneed('B_URL')\n"
        "need('C_URL')\n"
    )

    @pytest.mark.parametrize(
        ("code", "found"),
        [
            pytest.param("need(f'OAUTH_KEY_{where}')\n", True, id="nothing of that shape"),
            pytest.param("need(f'URL_{where}')\n", False, id="a shape of anything"),
            pytest.param("need(f'OAUTH_KEY_{where}')\nos.environ.get(f'OAUTH_KEY_{x}', '')\n", False, id="a default"),
            pytest.param("need(f'OAUTH_KEY_{where}')  # STAGING\n", False, id="one of that shape"),
        ],
    )
    def test_shapes_of_names(self, tmp_path: Path, code: str, found: bool) -> None:
        env = "A_URL=1\nB_URL=2\nC_URL=3\n" + ("OAUTH_KEY_STAGING=1\n" if "STAGING" in code else "")
        write(tmp_path, {**ENTRY, "main.py": f"{self.WRAPPED}where = x = input()\n{code}", "staging.env": env})
        assert bool(said(tmp_path, "SSOT206")) is found

    @pytest.mark.parametrize(
        ("other", "found"),
        [
            ("services: {db: {image: db, container_name: '${D_URL}_db'}}\n", True),
            ("services: {db: {image: db, command: run $D_URL}}\n", True),
            ("services: {db: {image: db, command: 'export D_URL=${D_URL}'}}\n", False),
            ("services: {db: {image: db, labels: [D_URL]}}\n", False),
        ],
    )
    def test_what_takes_a_variable_does_not_give_it(self, tmp_path: Path, other: str, found: bool) -> None:
        files = {"main.py": f"{self.WRAPPED}need('D_URL')\n", "compose.yaml": other}
        write(tmp_path, {**ENTRY, **files, ".env.example": "A_URL=1\nB_URL=2\nC_URL=3\n"})
        assert bool(said(tmp_path, "SSOT206")) is found

    @pytest.mark.parametrize(
        ("prefix", "found"),
        [("SHOP_", ""), ("SH_", "`SH_A_URL`, `SH_B_URL` and `SH_C_URL` have no default"), ("", "`A_URL`")],
    )
    def test_another_prefix_than_the_files_have(self, tmp_path: Path, prefix: str, found: str) -> None:
        code = "import os\n" + "".join(f"os.environ['{prefix}{letter}_URL']\n" for letter in "ABC")
        files = {"main.py": code, "staging.env": "".join(f"SHOP_{letter}_URL=x\n" for letter in "ABC")}
        findings = said(write(tmp_path, {**ENTRY, **files}), "SSOT206")
        assert len(findings) == bool(found)
        assert found in "".join(findings)

    def test_names_of_which_few_stand_with_another_prefix(self, tmp_path: Path) -> None:
        code = "import os\n" + "".join(f"os.environ['{letter}_URL']\n" for letter in "ABCDE")
        write(tmp_path, {**ENTRY, "main.py": code, "staging.env": "SHOP_A_URL=x\nSHOP_B_URL=x\nX_C_URL=x\n"})
        assert said(tmp_path, "SSOT206") == []

    @pytest.mark.parametrize(("before", "level"), [("", "error"), ("def later():\n    ", "warning")])
    def test_what_only_a_later_import_reads_stops_no_start(self, tmp_path: Path, before: str, level: str) -> None:
        files = {"main.py": f"{self.WRAPPED}{before}import late\n", "late.py": "import os\nos.environ['D_URL']\n"}
        write(tmp_path, {**ENTRY, **files, "staging.env": "A_URL=1\nB_URL=2\nC_URL=3\n"})
        (finding,) = said(tmp_path, "SSOT206")
        assert finding.startswith(f"{level} late.py:2 `D_URL`")

    @pytest.mark.parametrize(
        ("handler", "found"),
        [
            ("except Missing:\n    pass", False),
            ("except (OSError, errors.Missing):\n    pass", False),
            ("except Missing:\n    raise SystemExit(1)", True),
            ("except ImportError:\n    pass", True),
        ],
    )
    def test_what_a_function_raises_may_be_caught(self, tmp_path: Path, handler: str, found: bool) -> None:
        code = f"{self.WRAPPED}try:\n    need('D_URL')\n{handler}\n"
        write(tmp_path, {**ENTRY, "main.py": code, "staging.env": "A_URL=1\nB_URL=2\nC_URL=3\n"})
        assert bool(said(tmp_path, "SSOT206")) is found

    CODE = 'import os\nos.environ["A_URL"]\nos.environ["B_URL"]\n{}\n'

    @pytest.mark.parametrize(
        ("line", "level"),
        [('os.environ["C_URL"]', "error"), ('def never_called():\n    return os.environ["C_URL"]', "warning")],
    )
    def test_what_no_file_declares(self, tmp_path: Path, line: str, level: str) -> None:
        write(tmp_path, {**ENTRY, "main.py": self.CODE.format(line), "staging.env": "A_URL=1\nB_URL=1\n"})
        number = 4 if level == "error" else 5
        assert said(tmp_path, "SSOT206") == [
            f"{level} main.py:{number} `C_URL` has no default, and no configuration declares it"
        ]

    def test_a_function_that_startup_calls(self, tmp_path: Path) -> None:
        code = self.CODE.format('def url():\n    return os.environ["C_URL"]\nurl()')
        write(tmp_path, {**ENTRY, "main.py": code, "staging.env": "A_URL=1\nB_URL=1\n"})
        assert [line.split()[0] for line in said(tmp_path, "SSOT206")] == ["error"]

    @pytest.mark.parametrize(
        "line",
        [
            'os.environ.get("C_URL", "x")',
            'os.environ.get("C_URL")',
            'os.environ["PORT"]',
            'os.environ["GITHUB_SHA"]',
            'try:\n    os.environ["C_URL"]\nexcept KeyError:\n    pass',
            'if "C_URL" in os.environ:\n    os.environ["C_URL"]',
        ],
    )
    def test_what_may_be_missing(self, tmp_path: Path, line: str) -> None:
        write(tmp_path, {**ENTRY, "main.py": self.CODE.format(line), "staging.env": "A_URL=1\nB_URL=1\n"})
        assert said(tmp_path, "SSOT206") == []

    @pytest.mark.parametrize(
        "files",
        [
            pytest.param({}, id="nothing is declared anywhere"),
            pytest.param({"Dockerfile": "FROM x\nENV A_URL=1 B_URL=1\n"}, id="only what an image presets"),
            pytest.param(
                {"staging.env": "A_URL=1\nB_URL=1\n", ".env.example": "C_URL=\n"}, id="an example declares it"
            ),
            pytest.param(
                {"staging.env": "A_URL=1\nB_URL=1\n", "deploy.sh": "gcloud run deploy w --set-env-vars=$ALL\n"},
                id="unknown",
            ),
            pytest.param(
                {"staging.env": "A_URL=1\nB_URL=1\n", "chart/templates/web.yaml": "{{ if x }}\n- C_URL: {{ y }}\n"},
                id="a chart mentions it",
            ),
        ],
    )
    def test_nothing_is_said_where_nothing_is_sure(self, tmp_path: Path, files: dict[str, str]) -> None:
        write(tmp_path, {**ENTRY, "main.py": self.CODE.format('os.environ["C_URL"]'), **files})
        assert said(tmp_path, "SSOT206") == []


class TestEnvironmentGap:
    CODE = 'import os\nos.environ["NEEDED"]\nos.environ.get("PLAIN")\nos.environ.get("MILD", "x")\n'

    def test_a_file_that_lags_behind(self, tmp_path: Path) -> None:
        files = {f"config/{name}.env": "NEEDED=1\nPLAIN=1\nMILD=1\nX=1\n" for name in ("staging", "development")}
        write(tmp_path, {**ENTRY, "main.py": self.CODE, **files, "config/production.env": "X=1\n"})
        why = "which `development` and `staging` have; the code needs it"
        assert said(tmp_path, "SSOT207") == [
            f"error config/production.env:1 production lacks `NEEDED`, {why}",
            f"warning config/production.env:1 production lacks `PLAIN`, {why}",
        ]

    def test_what_is_injected_or_speaks_of_an_environment(self, tmp_path: Path) -> None:
        files = {
            "config/staging.env": "NEEDED=1\nJWT_STAGING=1\n",
            "config/production.env": "JWT_PRODUCTION=1\n",
            "mapping.py": 'SECRETS = {"NEEDED": "needed-id"}\n',
        }
        code = self.CODE + 'os.environ["JWT_STAGING"]\n'
        write(tmp_path, {**ENTRY, "main.py": code, **files})
        assert said(tmp_path, "SSOT207") == []

    def test_what_is_only_in_one_place(self, tmp_path: Path) -> None:
        write(tmp_path, {**ENTRY, "main.py": self.CODE, "staging.env": "PLAIN=1\nODD=1\n", "production.env": "X=1\n"})
        assert said(tmp_path, "SSOT207") == []


# Made up, and put together here so that no scanner takes them for real.
TOKEN = "gh" + "p_" + "a8Fk29sLq0ZxV7bNmT4cRyW3eUo5iPj6Hd1G"
ACCESS = "AK" + "IA" + "Q7ZP2M9XK4TR8WNB"
RANDOM = "kX9" + "vQ2mZ7" + "tR4bL8nW1yC5"


class TestCommittedSecret:
    def test_where_and_never_what(self, tmp_path: Path) -> None:
        files = {
            "production.env": f"GITHUB_TOKEN={TOKEN}\nJWT_SECRET={RANDOM}\n",
            "app.py": f'x = 1\nkey = "{TOKEN}"\n',
            "aws.py": f'key = "{ACCESS}"\n',
        }
        write(tmp_path, files)
        found = said(tmp_path, "SSOT208")
        assert found == [
            "error app.py:2 a GitHub token stands here, in a file that is tracked",
            "error aws.py:1 an AWS access key stands here, in a file that is tracked",
            "error production.env:1 `GITHUB_TOKEN` holds a GitHub token, in a file that is tracked",
            "warning production.env:2 `JWT_SECRET` holds what looks like a real secret, in a file that is tracked",
        ]
        assert TOKEN not in repr(violations(tmp_path, "SSOT208"))

    @pytest.mark.parametrize(
        ("path", "text"),
        [
            (".env.example", "JWT_SECRET=your-secret-here\n"),
            (
                "production.env",
                "JWT_SECRET=changeme\nDB_PASSWORD=postgres\nAPI_KEY=\nTOKEN_URL=https://x.example/token\n",
            ),
            ("production.env", "SECRET_KEY=insecure-" + RANDOM + "\n"),
            ("development.env", f"JWT_SECRET={RANDOM}\n"),
            ("tests/production.env", f"GITHUB_TOKEN={TOKEN}\n"),
            ("README.md", f"use {TOKEN}\n"),
            ("app.py", f'"""It answers:\n\nHTTP/1.1 200 OK\nServer: x\n\n{{"access_token": "{RANDOM}"}}\n"""\n'),
            ("k8s/secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata: {PASSWORD: cG9zdGdyZXM=}\n"),
        ],
    )
    def test_examples_are_no_secrets(self, tmp_path: Path, path: str, text: str) -> None:
        write(tmp_path, {path: text})
        assert said(tmp_path, "SSOT208") == []

    def test_a_token_under_the_name_of_one_is_one_finding(self, tmp_path: Path) -> None:
        write(tmp_path, {"app.py": f'GITHUB_TOKEN = "{TOKEN}"\n'})
        assert said(tmp_path, "SSOT208") == ["error app.py:1 a GitHub token stands here, in a file that is tracked"]

    def test_what_git_ignores_is_not_tracked(self, tmp_path: Path) -> None:
        write(tmp_path, {".gitignore": ".env\n", ".env": f"GITHUB_TOKEN={TOKEN}\n"})
        assert said(tmp_path, "SSOT208") == []


class TestConflictingSetting:
    def test_the_same_key_twice(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            {"staging.env": "A=1\nB=1\nA=2\nB=1\n", "compose.yaml": "services: {w: {environment: {C: 1, C: 2}}}\n"},
        )
        assert said(tmp_path, "SSOT209") == [
            "warning compose.yaml:1 `C` stands here twice with different values; the last one is used",
            "warning staging.env:3 `A` stands here twice with different values; the last one is used",
        ]

    def test_the_same_key_twice_behind_an_anchor(self, tmp_path: Path) -> None:
        compose = "x-env: &env {A: 1, A: 2}\nservices: {web: {environment: *env}, jobs: {environment: *env}}\n"
        write(tmp_path, {"compose.yaml": compose})
        assert len(said(tmp_path, "SSOT209")) == 1

    def test_the_same_key_twice_in_one_flag(self, tmp_path: Path) -> None:
        flags = "--set-env-vars=A=1,A=2,B=1 --set-env-vars=B=2 --update-secrets=C=c:1,C=c:1"
        write(tmp_path, {"deploy.sh": f"gcloud run deploy web {flags}\n"})
        assert said(tmp_path, "SSOT209") == ["warning deploy.sh:1 `A` and `B` stand here twice with different values"]

    def test_a_command_in_a_loop_gives_no_key_twice(self, tmp_path: Path) -> None:
        loop = 'for e in a b; do gcloud run deploy "$(name $e)" --set-env-vars=A=$e,B=1; done\n'
        write(tmp_path, {"deploy.sh": loop})
        assert said(tmp_path, "SSOT209") == []

    def test_the_same_key_twice_in_a_dict(self, tmp_path: Path) -> None:
        mapping = """SECRET_MAPPINGS = {
    "A_KEY": "a-key-staging",
    "B_KEY": "b-key-staging",
    "A_KEY": "a-key-new-staging",
    "B_KEY": "b-key-staging",
}
ENV_VARS = {"LEVEL": "debug", "LEVEL": "info"}
def deploy():
    secrets = ",".join(f"{k}={v}:latest" for k, v in SECRET_MAPPINGS.items())
    variables = ",".join(f"{k}={v}" for k, v in ENV_VARS.items())
    return ["gcloud", "run", "deploy", "web", "--set-secrets", secrets, "--set-env-vars", variables]
"""
        write(tmp_path, {"mapping.py": mapping})
        assert said(tmp_path, "SSOT205") == []
        assert said(tmp_path, "SSOT209") == [
            "warning mapping.py:4 `A_KEY` stands here twice with different values; the last one is used",
            "warning mapping.py:7 `LEVEL` stands here twice with different values; the last one is used",
        ]

    def test_different_blocks_are_different_places(self, tmp_path: Path) -> None:
        compose = "services: {web: {environment: {A: 1}}, worker: {environment: {A: 2}}}\n"
        write(tmp_path, {"compose.yaml": compose, "Dockerfile": "FROM x\nENV A=1\nFROM y\nENV A=2\n"})
        assert said(tmp_path, "SSOT209") == []


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


def test_a_misspelt_name_is_one_fault(tmp_path: Path) -> None:
    names = [f"LIMIT_{letter}" for letter in "ABCDEF"]
    files = {
        **ENTRY,
        "main.py": "import os\n" + "".join(f"os.environ[{name!r}]\n" for name in [*names, "RELAY_HOST"]),
        "staging.env": "".join(f"{name}=1\n" for name in [*names, "RELAY_HOST"]),
        "production.env": "".join(f"{name}=1\n" for name in [*names, "RELY_HOST"]),
    }
    write(tmp_path, files)
    ((gap, _),) = violations(tmp_path, "SSOT207")
    assert gap.related[0].message == "`RELY_HOST` is nearly it, and nothing reads that"
    assert said(tmp_path, "SSOT204") == []


def test_a_renamed_read_is_one_fault(tmp_path: Path) -> None:
    names = [f"LIMIT_{letter}" for letter in "ABCDEF"]
    code = "import os\n" + "".join(f"os.environ[{name!r}]\n" for name in [*names, "DATABASE_HOST"])
    write(
        tmp_path, {**ENTRY, "main.py": code, "production.env": "".join(f"{name}=1\n" for name in [*names, "DB_HOST"])}
    )
    assert [line.split(" has")[0] for line in said(tmp_path, "SSOT206")] == ["error main.py:8 `DATABASE_HOST`"]
    assert said(tmp_path, "SSOT204") == []


def test_random_keys_and_logins_in_files_of_an_environment(tmp_path: Path) -> None:
    value = "Vq7Lk2PzR9xYw4NbT6mHs8CjD3fGa5Ue"
    write(
        tmp_path,
        {
            "production.env": f"FRAME_KEY={value}\nSITE_KEY={value}\nDB_URL=postgresql://reader:Zk4Tq9Lw2Xv7Bn5R@10.0.0.1/x\n",
            "development.env": f"FRAME_KEY={value}\n",
        },
    )
    assert [line.split(" holds")[0] for line in said(tmp_path, "SSOT208")] == [
        "warning production.env:1 `FRAME_KEY`",
        "warning production.env:3 `DB_URL`",
    ]
