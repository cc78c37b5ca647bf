"""The house itself: what is shipped, and what the project's files promise."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import tomli

import ssot_lint

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / ".github/workflows").glob("*.yml"))


def test_the_pins_cover_what_pyproject_asks_for() -> None:
    pyproject = tomli.loads((ROOT / "pyproject.toml").read_text())
    asked = pyproject["project"]["dependencies"] + pyproject["dependency-groups"]["dev"]
    pinned = {line.split("==")[0] for line in (ROOT / "requirements-dev.txt").read_text().splitlines()}
    assert {re.split(r"[^A-Za-z0-9._-]", line)[0].lower().replace(".", "-") for line in asked} <= pinned


def test_every_dependency_states_its_lowest_version() -> None:
    pyproject = tomli.loads((ROOT / "pyproject.toml").read_text())
    assert all(">=" in line for line in pyproject["project"]["dependencies"])


def test_every_pin_is_exact() -> None:
    lines = (ROOT / "requirements-dev.txt").read_text().splitlines()
    assert lines
    assert all(re.match(r"[a-z0-9-]+==\S+( ; .+)?$", line) for line in lines)


def test_the_version_is_in_the_changelog() -> None:
    assert f"## {ssot_lint.__version__}" in (ROOT / "CHANGELOG.md").read_text()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked wheel."""
    directory = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(directory)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (packed,) = directory.glob("*.whl")
    zipfile.ZipFile(packed).extractall(directory / "unpacked")
    return directory / "unpacked"


def test_the_wheel_carries_the_rules_and_the_types(wheel: Path) -> None:
    shipped = {path.relative_to(wheel / "ssot_lint/rules") for path in (wheel / "ssot_lint/rules").rglob("*.toml")}
    assert shipped == {path.relative_to(ROOT / "rules") for path in (ROOT / "rules").rglob("*.toml")}
    assert (wheel / "ssot_lint/py.typed").is_file()


def test_the_wheel_finds_its_own_rules(wheel: Path) -> None:
    script = "from ssot_lint.config.resources import rules_directory; print(rules_directory())"
    environment = os.environ | {"PYTHONPATH": str(wheel)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=wheel, env=environment, capture_output=True, text=True, check=True
    )
    assert Path(done.stdout.strip()) == wheel / "ssot_lint/rules"


def test_only_the_project_itself_is_in_the_wheel(wheel: Path) -> None:
    assert {path.name.partition("-")[0] for path in wheel.iterdir()} == {"ssot_lint"}


@pytest.mark.parametrize(
    ("schema", "path"),
    [("vendor.github-actions", "action.yml"), *(("vendor.github-workflows", path) for path in WORKFLOWS)],
)
def test_the_action_and_the_workflows_are_valid(schema: str, path: str) -> None:
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / path)]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
