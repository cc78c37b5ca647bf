"""The house itself: what is shipped, and what the project's files promise."""

from __future__ import annotations

import re
from pathlib import Path

import tomli

import ssot_lint

ROOT = Path(__file__).parents[1]


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
