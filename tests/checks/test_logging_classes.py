from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

FILES = {
    "app/__init__.py": "",
    "app/logs.py": "import logging\nclass Json(logging.Formatter): ...\n",
    "app/shared.py": "SHARED = {'formatters': {'json': {'()': 'app.gone.Json'}}}\n",
}


def lost(root: Path, dotted: str, call: str = "dictConfig(LOGGING)") -> list[str]:
    main = f"""\
from logging.config import dictConfig
from app.shared import SHARED
LOGGING = {{
    "version": 1,
    "formatters": {{"json": {{"()": "{dotted}", "fields": ["app.gone.field"]}}, "plain": {{"format": "x"}}}},
    "handlers": {{"console": {{"class": "logging.StreamHandler", "formatter": "json"}}}},
}}
{call}
"""
    found = findings(root, {**FILES, "app/main.py": main}, 'entry-points = ["app.main"]\n', select="SSOT110")
    return [each.violation.message for each in found]


@pytest.mark.parametrize(
    ("dotted", "message"),
    [
        ("app.formats.Json", "there is no module `app.formats`"),
        ("app.logs.Plain", "`app.logs` has no `Plain`"),
        ("app.Json", "`app` has no `Json`"),
    ],
)
def test_reports_classes_that_are_not_there(tmp_path: Path, dotted: str, message: str) -> None:
    assert lost(tmp_path, dotted) == [f"{message}: the configuration of logging names `{dotted}`"]


def test_follows_an_imported_configuration(tmp_path: Path) -> None:
    told = "there is no module `app.gone`: the configuration of logging names `app.gone.Json`"
    assert lost(tmp_path, "app.logs.Json", "dictConfig(SHARED)") == [told]


@pytest.mark.parametrize(
    ("dotted", "call"),
    [
        ("app.logs.Json", "dictConfig(LOGGING)"),
        ("structlog.Json", "dictConfig(LOGGING)"),
        ("app.logs.Json.make", "dictConfig(LOGGING)"),
        ("app.gone.Json", "try:\n    dictConfig(LOGGING)\nexcept ValueError:\n    pass"),
        ("app.gone.Json", "print(LOGGING)"),
        ("app.gone.Json", "LOGGING = {}\ndictConfig(LOGGING)"),
        ("app._version.Json", "dictConfig(LOGGING)"),
    ],
)
def test_is_silent_where_they_may_be(tmp_path: Path, dotted: str, call: str) -> None:
    assert lost(tmp_path, dotted, call) == []
