"""SSOT206: what code reads and no configuration declares."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, violations, write

ENTRY = {"ssot-lint.toml": 'entry-points = ["main"]\n'}


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


def test_a_renamed_read_is_one_fault(tmp_path: Path) -> None:
    names = [f"LIMIT_{letter}" for letter in "ABCDEF"]
    code = "import os\n" + "".join(f"os.environ[{name!r}]\n" for name in [*names, "DATABASE_HOST"])
    write(
        tmp_path, {**ENTRY, "main.py": code, "production.env": "".join(f"{name}=1\n" for name in [*names, "DB_HOST"])}
    )
    assert [line.split(" has")[0] for line in said(tmp_path, "SSOT206")] == ["error main.py:8 `DATABASE_HOST`"]
    assert said(tmp_path, "SSOT204") == []


def test_what_an_example_alone_has_is_missing_where_services_are_deployed(tmp_path: Path) -> None:
    """That a compose file lacks it too is the same fault."""
    names = ["A_URL", "B_URL", "C_URL", "D_URL", "E_URL"]
    code = "import os\n" + "".join(f"os.environ[{name!r}]\n" for name in names)
    given = ", ".join(f"{name}: x" for name in names[:4])
    files = {
        "main.py": code,
        ".env.example": "".join(f"{name}=\n" for name in names),
        "Dockerfile": 'FROM x\nCMD ["python", "main.py"]\n',
        "compose.yaml": f"services: {{web: {{build: ., environment: {{{given}}}}}}}\n",
        "deploy.sh": "gcloud run deploy web-production --set-env-vars=A_URL=1,B_URL=2,C_URL=3,D_URL=4\n",
    }
    (finding,) = said(write(tmp_path, {**ENTRY, **files}), "SSOT206")
    assert finding.startswith(
        "error main.py:6 `E_URL` has no default, and nothing gives it where services are deployed"
    )


FOUR = ("A_URL", "B_URL", "C_URL", "D_URL")
RENDERED = ", ".join(f"{{key: {name}, value: x}}" for name in FOUR)


@pytest.mark.parametrize(
    ("deployed", "more", "found"),
    [
        ({"deploy.sh": "gcloud run deploy web --set-env-vars=A_URL=1,B_URL=2,C_URL=3,D_URL=4\n"}, {}, True),
        ({"deploy.sh": "gcloud run deploy web --set-env-vars=A_URL=1,B_URL=2,C_URL=3,D_URL=4,E_URL=5\n"}, {}, False),
        ({"deploy.sh": "gcloud run deploy web --set-env-vars=A_URL=1,B_URL=2,C_URL=3,D_URL=4,$MORE\n"}, {}, False),
        ({"deploy.sh": "gcloud run deploy web --set-env-vars=A_URL=1,B_URL=2\n"}, {}, False),  # the rest by hand
        (
            {"render.yaml": f"services: [{{type: web, name: web, envVars: [{RENDERED}]}}]\n"},
            {},
            True,
        ),
        (
            {"deploy.sh": "gcloud run deploy web --set-env-vars=A_URL=1,B_URL=2,C_URL=3,D_URL=4\n"},
            {"Dockerfile": 'FROM x\nENV E_URL=1\nCMD ["python", "main.py"]\n'},
            False,
        ),
        (
            {"deploy.sh": "gcloud run deploy web --set-env-vars=A_URL=1,B_URL=2,C_URL=3,D_URL=4\n"},
            {"compose.yaml": "services: {web: {build: ., environment: {E_URL: x, A_URL: x}}}\n"},
            True,
        ),
        (
            {"deploy.sh": "gcloud run deploy web --set-env-vars=A_URL=1,B_URL=2,C_URL=3,D_URL=4\n"},
            {"prod.env": "E_URL=x\n", "start.sh": ". ./prod.env\n"},
            False,
        ),
    ],
)  # fmt: skip
def test_what_the_only_deployment_lacks_and_an_example_has(
    tmp_path: Path, deployed: dict[str, str], more: dict[str, str], found: bool
) -> None:
    names = [*FOUR, "E_URL"]
    code = "import os\n" + "".join(f"os.environ[{name!r}]\n" for name in names)
    example = "".join(f"{name}=\n" for name in names)
    write(tmp_path, {**ENTRY, "main.py": code, ".env.example": example, **deployed, **more})
    findings = [each for each in said(tmp_path, "SSOT206") if "where services are deployed" in each]
    assert [each[:24] for each in findings] == (["error main.py:6 `E_URL` "] if found else [])


def test_what_an_example_has_forgotten(tmp_path: Path) -> None:
    names = ("A_URL", "B_URL", "C_URL", "D_URL", "QUEUE_URL")
    code = "import os\n" + "".join(f"os.environ[{name!r}]\n" for name in names)
    command = "gcloud run deploy web-staging --image i --set-env-vars " + ",".join(f"{name}=x1" for name in names)
    example = "A_URL=\nB_URL=\nC_URL=\nD_URL=\nQUEU_URL=\n"
    write(tmp_path, {**ENTRY, "main.py": code, "deploy.sh": command + "\n", ".env.example": example})
    ((found, place),) = violations(tmp_path, "SSOT206")
    assert (found.level, place.path, place.line) == ("warning", ".env.example", 5)
    assert "lacks `QUEUE_URL`" in found.message
    assert found.related[0].message == "`QUEU_URL` is nearly it, and nothing reads that"


@pytest.mark.parametrize(
    "given",
    [
        {"docker-compose.yml": "services:\n  web:\n    build: .\n    environment: {QUEUE_URL: x1}\n"},
        {".env.development": "QUEUE_URL=x1\n"},
        {"web.env.example": "QUEUE_URL=\n"},
        {"Dockerfile": "FROM python:3.12\nENV QUEUE_URL=x1\n"},
    ],
)
def test_what_developers_get_from_elsewhere(tmp_path: Path, given: dict[str, str]) -> None:
    names = ("A_URL", "B_URL", "C_URL", "D_URL", "QUEUE_URL")
    code = "import os\n" + "".join(f"os.environ[{name!r}]\n" for name in names)
    command = "gcloud run deploy web-staging --image i --set-env-vars " + ",".join(f"{name}=x1" for name in names)
    example = "A_URL=\nB_URL=\nC_URL=\nD_URL=\n"
    write(tmp_path, {**ENTRY, "main.py": code, "deploy.sh": command + "\n", ".env.example": example, **given})
    assert not [each for each in said(tmp_path, "SSOT206") if "whoever copies" in each]


def test_an_example_is_not_for_what_another_program_needs(tmp_path: Path) -> None:
    names = ("A_URL", "B_URL", "C_URL", "D_URL", "QUEUE_URL")
    code = "import os\n" + "".join(f"os.environ[{name!r}]\n" for name in names)
    given = ",".join(f"{name}=x1" for name in names[:-1])
    commands = (
        f"gcloud run deploy web-staging --image i --set-env-vars {given}\n"
        "gcloud functions deploy hook --runtime python312 --set-env-vars QUEUE_URL=x1\n"
    )
    example = "".join(f"{name}=\n" for name in names[:-1])
    write(tmp_path, {**ENTRY, "main.py": code, "deploy.sh": commands, ".env.example": example})
    assert not [each for each in said(tmp_path, "SSOT206") if "whoever copies" in each]
