"""Imports that leave out the package above."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, summaries

STARTS = 'entry-points = ["backend.app.main"]\n'
FILES = {
    "backend/__init__.py": "",
    "backend/app/__init__.py": "",
    "backend/app/main.py": "from backend.app.core import text\nfrom backend.app import first, second, third\n",
    "backend/app/first.py": "from backend.app.core import text\n",
    "backend/app/second.py": "from backend.app.core import text\n",
    "backend/app/third.py": "from app.core.text import shown\nimport outside.core.text\n",
    "backend/app/core/__init__.py": "",
    "backend/app/core/text.py": "from backend.app.core import other\ndef shown(): pass\n",
    "backend/app/core/other.py": "import os\n",
}


def found(root: Path, more: dict[str, str]) -> list[tuple[str, str, str]]:
    all_ = findings(root, {**FILES, **more}, STARTS)
    return summaries(all_)


def test_reports_an_import_by_a_name_that_only_a_part_of_the_package_has(tmp_path: Path) -> None:
    message = "there is no module `app`: it is `backend.app.core.text`"
    assert found(tmp_path, {}) == [("SSOT110", "error", message)]


@pytest.mark.parametrize(
    "more",
    [
        {"requirements.txt": "app==1.0\n"},
        {"Dockerfile": "FROM python:3.12\nENV PYTHONPATH=/srv/backend\n"},
        {"Dockerfile": "FROM python:3.12\nWORKDIR /srv/backend\n"},
        {"Procfile": "web: uvicorn --app-dir backend app.main:app\n"},
        {"backend/app/first.py": "import sys\nsys.path.append('backend')\n"},
        {"backend/app/first.py": "from app.core import other\n"},
        {"backend/app/third.py": "try:\n    from app.core import text\nexcept ImportError:\n    pass\n"},
    ],
)
def test_is_silent_where_python_may_find_it(tmp_path: Path, more: dict[str, str]) -> None:
    assert not [each for each in found(tmp_path, more) if each[0] == "SSOT110"]
