"""What Python's own library has in no version, and what its loggers don't take."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.checks.library_calls import is_nowhere
from tests.checks.findings import findings

CODE = """
import asyncio
import datetime
import functools
import logging
from datetime import datetime as moment
from outside import loguru
{imports}

logger = logging.getLogger(__name__)
other = loguru.getLogger(__name__)

class Service:
    def __init__(self):
        self.log: logging.Logger = logging.getLogger("x")

def start():
    {body}
"""


def found(root: Path, body: str = "pass", imports: str = "") -> list[tuple[str, str]]:
    code = CODE.format(body=body, imports=imports)
    all_ = findings(root, {"app.py": code}, 'entry-points = ["app:start"]\n')
    return [(each.violation.code, each.violation.level) for each in all_]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("datetime.now()", "SSOT113"),
        ("moment.utc_now()", "SSOT113"),
        ("functools.wrap(start)", "SSOT113"),
        ("asyncio.Locks()", "SSOT113"),
        ("logger.success('ready')", "SSOT113"),
        ("Service().log.bind(user=1)", "SSOT113"),
        ("logger.info('ready', user=1)", "SSOT112"),
        ("from datetime import timezones", "SSOT110"),
    ],
)
def test_reports_what_no_python_has(tmp_path: Path, body: str, code: str) -> None:
    assert found(tmp_path, body) == [(code, "error")]


@pytest.mark.parametrize(
    ("body", "imports"),
    [
        ("datetime.datetime.now()", ""),
        ("moment.now()", ""),
        ("asyncio.timeout(1)", ""),
        ("asyncio.print_call_graph()", ""),
        ("logger.info('ready', exc_info=True, stacklevel=2, extra={})", ""),
        ("logger.debug('ready', user=1)", ""),
        ("logger.error(msg='ready')", ""),
        ("other.success('ready', user=1)", ""),
        ("logger.success('ready')", "logging.setLoggerClass(loguru.Logger)"),
        ("logger.success('ready')", "logging.Logger.success = loguru.success"),
        ("try: asyncio.async_()\n    except AttributeError: pass", ""),
        ("if hasattr(asyncio, 'Locks'): asyncio.Locks()", ""),
        ("pass", "try:\n    from typing import Types\nexcept ImportError:\n    Types = None"),
        ("pass", "try:\n    from string import ascii_letters\nexcept ImportError:\n    from string import letters"),
        ("try: import outside\n    except ImportError: old()", "def old():\n    from string import letters"),
    ],
)
def test_is_silent_about_what_may_be_there(tmp_path: Path, body: str, imports: str) -> None:
    assert found(tmp_path, body, imports) == []


@pytest.mark.parametrize(
    ("module", "name"),
    [("concurrent.futures", "process"), ("collections", "abc"), ("uuid", "uuid7"), ("time", "CLOCK_TAI"), ("os", "no")],
)
def test_versions_platforms_and_modules_are_told_apart(module: str, name: str) -> None:
    assert not is_nowhere(module, name)


@pytest.mark.parametrize(("version", "count"), [("3.14", 2), ("3.99", 0)])
def test_a_python_that_nobody_knows_yet_may_have_more(tmp_path: Path, version: str, count: int) -> None:
    (tmp_path / ".python-version").write_text(f"{version}\n")
    assert len(found(tmp_path, "asyncio.later()", "from typing import Later")) == count


@pytest.mark.parametrize(
    ("decorator", "count"), [("functools.cached", 1), ("functools.cache", 0), ("functools.cached(1)", 1), ("gone.x", 0)]
)
def test_knows_decorators_that_the_library_does_not_have(tmp_path: Path, decorator: str, count: int) -> None:
    code = f"@{decorator}\n    def inner(): pass"
    assert len(found(tmp_path, code, "import gone")) == count
