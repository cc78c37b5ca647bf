from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, graded

IMAGE = {"Dockerfile": 'FROM python:3.10-slim\nCMD ["python", "-m", "app"]\n'}
NEWER = {"Dockerfile": 'FROM python:3.13-slim\nCMD ["python", "-m", "app"]\n'}
PROMISE = {"pyproject.toml": "[project]\nname = 'app'\nversion = '1'\nrequires-python = '>=3.10'\n"}


def wrong(root: Path, code: str, files: dict[str, str]) -> list[tuple[str, str]]:
    found = findings(root, {**files, "app.py": code}, 'entry-points = ["app"]\n', select="SSOT110")
    return graded(found)


@pytest.mark.parametrize(
    ("line", "files", "message"),
    [
        ("from datetime import UTC", IMAGE,
         "`datetime` has no `UTC` before Python 3.11, and Dockerfile has Python 3.10"),
        ("import tomllib", IMAGE, "there is no module `tomllib` before Python 3.11, and Dockerfile has Python 3.10"),
        ("from tomllib import loads", IMAGE,
         "there is no module `tomllib` before Python 3.11, and Dockerfile has Python 3.10"),
        ("import imp", NEWER, "there is no module `imp` since Python 3.12, and Dockerfile has Python 3.13"),
        ("from inspect import getargspec", NEWER,
         "`inspect` has no `getargspec` since Python 3.11, and Dockerfile has Python 3.13"),
    ],
)  # fmt: skip
def test_reports_what_the_target_lacks(tmp_path: Path, line: str, files: dict[str, str], message: str) -> None:
    assert wrong(tmp_path, f"{line}\n", files) == [("error", message)]


def test_is_a_warning_where_only_a_promise_is_broken(tmp_path: Path) -> None:
    message = "`typing` has no `Self` before Python 3.11, and pyproject.toml has Python 3.10"
    assert wrong(tmp_path, "from typing import Self\n", PROMISE) == [("warning", message)]
    assert wrong(tmp_path, "from typing import Self\n", {**PROMISE, **NEWER})[0][0] == "warning"


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import timezone\n",
        "try:\n    import tomllib\nexcept ImportError:\n    import tomli as tomllib\n",
        "import sys\nif sys.version_info >= (3, 11):\n    from typing import Self\nelse:\n    Self = None\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from typing import Self\n",
        "from typing_extensions import Self\n",
        "def later():\n    import tomllib\n",
    ],
)
def test_is_silent_about_what_every_target_has_or_a_test_keeps_off(tmp_path: Path, code: str) -> None:
    assert wrong(tmp_path, code, IMAGE) == []


def test_is_silent_about_a_module_of_the_project_and_without_a_target(tmp_path: Path) -> None:
    assert wrong(tmp_path, "import imp\n", {**NEWER, "imp.py": ""}) == []
    (tmp_path / "other").mkdir()
    assert wrong(tmp_path / "other", "import imp\n", {}) == []
