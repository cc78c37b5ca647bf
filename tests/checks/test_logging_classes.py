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
        ("app.gone.Json", "def set_up():\n    LOGGING['formatters'].clear()\n    dictConfig(LOGGING)\nset_up()"),
    ],
)
def test_is_silent_where_they_may_be(tmp_path: Path, dotted: str, call: str) -> None:
    assert lost(tmp_path, dotted, call) == []


COPIED = "def set_up():\n    config = {copy}\n    {change}\n    dictConfig(config)\nset_up()"
RETURNED = "def configuration():\n    return LOGGING\ndictConfig(configuration())"


@pytest.mark.parametrize(
    ("call", "found"),
    [
        (COPIED.format(copy="dict(LOGGING)", change="config['root'] = {}"), True),
        (COPIED.format(copy="LOGGING.copy()", change="config['handlers']['console'] = {}"), True),
        (COPIED.format(copy="copy.deepcopy(LOGGING)", change=""), True),
        (COPIED.format(copy="dict(LOGGING)", change="config['formatters'] = {}"), False),
        (COPIED.format(copy="dict(LOGGING)", change="config[input()] = {}"), False),
        (COPIED.format(copy="dict(LOGGING, formatters={})", change=""), False),
        (RETURNED, True),
        ("def set_up(config):\n    config = dict(config)\n    dictConfig(config)\nset_up(LOGGING)", False),
        ("def set_up(config=None):\n    config = LOGGING\n    dictConfig(config)\nset_up()", False),
        ("ONE = OTHER\nOTHER = ONE\ndictConfig(ONE)", False),
    ],
)
def test_follows_copies_and_what_a_function_returns(tmp_path: Path, call: str, found: bool) -> None:
    assert bool(lost(tmp_path, "app.gone.Json", f"import copy\n{call}")) is found


@pytest.mark.parametrize(("handler", "found"), [("StreamingHandler", True), ("handlers.RotatingFileHandler", False)])
def test_knows_the_handlers_of_python(tmp_path: Path, handler: str, found: bool) -> None:
    call = f"dictConfig({{'version': 1, 'handlers': {{'a': {{'class': 'logging.{handler}'}}}}}})"
    assert bool(lost(tmp_path, "app.logs.Json", call)) is found


CONFIGURATION = """\
from logging.config import dictConfig
LOGGING = {{
    "version": 1,
    "filters": {{"context": {{}}}},
    "formatters": {{"plain": {{"format": "x"}}}},
    "handlers": {{"console": {{"class": "logging.StreamHandler", {console}}}}},
    "loggers": {{"app": {{"handlers": ["console"]}}}},
    "root": {{"handlers": [{root}]}},
}}
{change}
dictConfig(LOGGING)
"""


@pytest.mark.parametrize(
    ("console", "root", "change", "message"),
    [
        ("'formatter': 'plain', 'filters': ['context']", "'console'", "", ""),
        ("'formatter': 'json'", "'console'", "", "formatter `json`, which `console` of its handlers"),
        ("'filters': ['context', 'request']", "'console'", "", "filter `request`, which `console` of its handlers"),
        ("'level': 1", "'console', 'file'", "", "handler `file`, which its root"),
        ("'level': 1", "'file'", "LOGGING['handlers']['file'] = {'class': 'logging.StreamHandler'}", ""),
        ("'level': 1", "'file'", "LOGGING['handlers'].update(file={'class': 'logging.StreamHandler'})", ""),
        ("'level': 1", "'file'", "LOGGING.update(other())", ""),
    ],
)
def test_what_entries_name_is_there(tmp_path: Path, console: str, root: str, change: str, message: str) -> None:
    main = CONFIGURATION.format(console=console, root=root, change=change)
    files = {**FILES, "app/main.py": f"from outside import other\n{main}"}
    found = findings(tmp_path, files, 'entry-points = ["app.main"]\n', select="SSOT110")
    told = [f"the configuration of logging has no {message} names"] if message else []
    assert [each.violation.message for each in found] == told
