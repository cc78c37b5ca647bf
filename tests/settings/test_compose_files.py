"""Compose files that are used by themselves, and what their services lack."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, settings_of, write

CODE = "import os\n" + "".join(f'os.environ["{letter}_URL"]\n' for letter in "ABCDE")
SERVICES = "services:\n  web:\n    image: shop\n    command: python -m main\n    environment:\n"
ALL = SERVICES + "".join(f"      {letter}_URL: x\n" for letter in "ABCDE")
LESS = ALL.replace("      E_URL: x\n", "")


def _told(root: Path, files: dict[str, str]) -> list[str]:
    return said(write(root, {"ssot-lint.toml": 'entry-points = ["main"]\n', "main.py": CODE, **files}), "SSOT206")


@pytest.mark.parametrize(
    ("command", "is_told"),
    [
        ("docker compose -f compose.prod.yaml up -d", True),
        ("docker-compose --file=deploy/compose.prod.yaml pull", True),
        ("docker compose -f compose.yaml -f compose.prod.yaml up", False),
        ("docker compose \\\n  -f compose.yaml \\\n  -f compose.prod.yaml up", False),
        ("docker compose up", False),
        ("docker compose -f compose.test.yaml up", False),
        ("docker compose -f compose.$STAGE.yaml up", True),
        ("docker compose -f compose.${{ matrix.stage }}.yaml up", True),
        ("docker compose -f compose.${{ matrix.stage }}.yaml -f compose.yaml up", False),
    ],
)
def test_a_file_that_a_command_uses_alone(tmp_path: Path, command: str, is_told: bool) -> None:
    findings = _told(tmp_path, {"compose.yaml": ALL, "compose.prod.yaml": LESS, "deploy.sh": f"{command}\n"})
    assert len(findings) == is_told
    assert all("error compose.prod.yaml:9 the service `web` lacks `E_URL`" in each for each in findings)


@pytest.mark.parametrize(("files", "is_told"), [({}, True), ({"compose.override.yaml": ALL}, False)])
def test_the_file_that_is_used_where_none_is_named(tmp_path: Path, files: dict[str, str], is_told: bool) -> None:
    script = {"deploy.sh": "docker compose -f compose.prod.yaml up -d\n"}
    findings = _told(tmp_path, {"compose.yaml": LESS, "compose.prod.yaml": ALL, **script, **files})
    assert len(findings) == is_told
    assert all("warning compose.yaml:9 the service `web` lacks `E_URL`" in each for each in findings)


def test_what_an_image_gives_no_file_lacks(tmp_path: Path) -> None:
    files = {"compose.yaml": ALL, "compose.prod.yaml": LESS, "deploy.sh": "docker compose -f compose.prod.yaml up\n"}
    assert _told(tmp_path, {**files, "Dockerfile": "FROM x\nENV E_URL=x\n"}) == []


TAKING = "services:\n  web:\n    image: shop\n    environment:\n" + "".join(
    f"      {letter}_URL: ${{{letter}_URL:?}}\n" for letter in "ABCDE"
)
EXAMPLE = "".join(f"{letter}_URL=\n" for letter in "ABCDE")
STEP = """on: push
jobs:
  deploy:
    runs-on: x
    env:
      A_URL: ${{ secrets.A_URL }}
      B_URL: ${{ secrets.B_URL }}
    steps:
      - env:
          C_URL: ${{ secrets.C_URL }}
          D_URL: ${{ secrets.D_URL }}
          E_URL: ${{ secrets.E_URL }}
        run: docker compose up -d
"""
WORKFLOW = ".github/workflows/deploy.yml"


@pytest.mark.parametrize(
    ("files", "finding"),
    [
        ({}, ""),
        ({".env.example": EXAMPLE}, ""),
        ({".env.example": EXAMPLE.replace("E_URL=\n", "")}, "warning compose.yaml:9 `E_URL` has no default, and"),
        ({".env.example": "A_URL=\nB_URL=\n"}, ""),
        ({".env.example": EXAMPLE.replace("E_URL=\n", ""), "up.sh": "export E_URL=x\n"}, ""),
        ({WORKFLOW: STEP}, ""),
        (
            {WORKFLOW: STEP.replace("          E_URL: ${{ secrets.E_URL }}\n", "")},
            "warning compose.yaml:9 `E_URL` has no",
        ),
        (
            {WORKFLOW: STEP.replace("          E_URL: ${{ secrets.E_URL }}\n", ""), ".env.example": EXAMPLE},
            f"warning {WORKFLOW}:11 `E_URL` is not given here, and compose.yaml takes it from the shell",
        ),
    ],
)
def test_what_a_file_takes_and_nothing_gives(tmp_path: Path, files: dict[str, str], finding: str) -> None:
    findings = _told(tmp_path, {"main.py": "", "compose.yaml": TAKING, **files})
    assert len(findings) == bool(finding)
    assert finding in "".join(findings)


@pytest.mark.parametrize("code", ["", CODE])
def test_what_several_files_take_is_told_once(tmp_path: Path, code: str) -> None:
    files = {"compose.yaml": TAKING, "compose.prod.yaml": TAKING, ".env.example": EXAMPLE.replace("E_URL=\n", "")}
    (finding,) = _told(
        tmp_path, {**files, "main.py": code, "staging.env": EXAMPLE.replace("E_URL=\n", "") if code else ""}
    )
    assert "`E_URL`" in finding


def test_what_is_passed_on_if_it_is_there(tmp_path: Path) -> None:
    passing = TAKING.replace("{E_URL:?}", "{E_URL}")
    files = {"compose.yaml": passing, ".env.example": EXAMPLE.replace("E_URL=\n", "")}
    assert _told(tmp_path, {**files, "main.py": "import os\nos.environ.get('E_URL')\n"}) == []


BESIDE = SERVICES.replace("    environment:\n", "    env_file: {}\n    environment:\n      LEVEL: x\n")
ADDED = "services:\n  web:\n    env_file: more.env\n"
FILE = "".join(f"{letter}_URL=x\n" for letter in "ABCDE")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"own.env": FILE.replace("C_URL=x\n", "")}, "warning own.env:4 the service `web` lacks `C_URL`"),
        ({"own.env": FILE.replace("C_URL=x", "C_URL=")}, "warning own.env:3 the service `web` lacks `C_URL`"),
        ({"own.env": FILE}, ""),
        # what says nothing of what runs is put to the other file
        (
            {
                "own.env": FILE.replace("C_URL=x\n", ""),
                "compose.dev.yaml": "services:\n  web:\n    env_file: more.env\n",
            },
            "",
        ),
    ],
)
def test_a_file_of_another_environment_gives_nothing_to_a_service_of_that_name(
    tmp_path: Path, files: dict[str, str], told: str
) -> None:
    staging = {"compose.staging.yaml": BESIDE.format("staging.env"), "staging.env": FILE}
    found = _told(tmp_path, {"compose.yaml": BESIDE.format("own.env"), **staging, "more.env": FILE, **files})
    assert [each.partition(": the code")[0] for each in found] == ([told] if told else [])


def test_a_service_that_lost_its_file(tmp_path: Path) -> None:
    service = BESIDE.format("own.env").removeprefix("services:\n").replace("  web:", "  {}:")
    code = CODE + 'os.environ["F_URL"]\n'
    web = service.format("web").replace("    env_file: own.env\n", "")
    compose = f"services:\n{web}{service.format('other')}"
    (found,) = _told(tmp_path, {"compose.yaml": compose, "own.env": FILE, "main.py": code, "k8s/.env": "F_URL=x\n"})
    assert "`web` lacks `A_URL`, `B_URL`, `C_URL`, `D_URL` and `E_URL`" in found


def test_what_code_does_not_need_where_a_service_runs(tmp_path: Path) -> None:
    code = (
        CODE.replace('os.environ["E_URL"]', "") + "def check():\n    if not is_deployed():\n        return\n"
        '    os.environ["E_URL"]\ncheck()\n'
    )
    files = {"compose.yaml": LESS + "      STAGE: {}\n", "main.py": code, ".env.example": "E_URL=\n"}
    assert _told(tmp_path, {**files, "compose.yaml": files["compose.yaml"].format("development")}) == []
    assert len(_told(tmp_path, {**files, "compose.yaml": files["compose.yaml"].format("production")})) == 1


def test_a_service_that_is_given_nothing_but_a_file(tmp_path: Path) -> None:
    web = "services:\n  web:\n    image: shop\n    command: python -m main\n    env_file: own.env\n"
    files = {"compose.yaml": web, "own.env": FILE.replace("C_URL=x\n", ""), ".env.example": FILE}
    (found,) = _told(tmp_path, files)
    assert found.startswith("warning own.env:4 the service `web` lacks `C_URL`")


EXTENDING = """include: [parts/backing.yml]
services:
  web:
    extends: {file: parts/common.yml, service: base}
    build: .
    environment: {A_URL: a}
"""
COMMON = """services:
  base:
    command: python -m main
    env_file: web.env
    environment: {A_URL: other, B_URL: b}
"""
NEEDING = "import os\n" + "".join(f"os.environ['{name}_URL']\n" for name in "ABCD")


def test_what_a_service_of_another_file_gives(tmp_path: Path) -> None:
    files = {
        "docker-compose.yml": EXTENDING,
        "parts/common.yml": COMMON,
        "parts/web.env": "C_URL=c\nD_URL=d\n",
        "parts/backing.yml": "services: {db: {image: postgres, environment: {POSTGRES_DB: x}}}\n",
        "main.py": NEEDING,
        "Dockerfile": 'FROM python\nCMD ["python", "-m", "main"]\n',
    }
    found = settings_of(write(tmp_path, files))
    given = {(each.service, each.name, each.path) for each in found.of("set") if each.kind == "compose"}
    assert given == {
        ("web", "A_URL", "docker-compose.yml"),
        ("web", "B_URL", "parts/common.yml"),
        ("db", "POSTGRES_DB", "parts/backing.yml"),
    }
    assert found.runs["compose", "web"] == {"main"}
    assert said(tmp_path, "SSOT206") == []
    (tmp_path / "parts/common.yml").write_text(COMMON.replace(", B_URL: b", ""))
    assert said(tmp_path, "SSOT206") == ["error main.py:3 `B_URL` has no default, and no configuration declares it"]
