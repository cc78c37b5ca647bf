"""What a configuration of logging gives the factories that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, summaries

FILES = {
    "app/__init__.py": "",
    "app/logs.py": """
import logging
from outside import Base, traced

class Formatter(logging.Formatter):
    def __init__(self, fmt=None, *, service="x"): super().__init__(fmt)
class Filter(logging.Filter):
    def __init__(self, name): super().__init__()
class Handler(logging.Handler):
    def __init__(self, stream=None): super().__init__()
class Inherited(logging.Formatter):
    pass
class Made(logging.Formatter):
    def __new__(cls, **given): return super().__new__(cls)
    def __init__(self, fmt=None): super().__init__(fmt)
def make(name): return logging.Filter(name)
@traced
def made(name): return logging.Filter(name)
""",
}
MAIN = """
import logging.config
from outside import given
CONFIG = {"version": 1, SECTION}
def configure(level="INFO"):
    config = dict(CONFIG)
    config["root"] = {"level": level}
    logging.config.dictConfig(config)
configure()
"""


def wrong(root: Path, section: str) -> list[tuple[str, str, str]]:
    files = {**FILES, "app/main.py": MAIN.replace("SECTION", section)}
    found = findings(root, files, 'entry-points = ["app.main"]\n', select="SSOT11")
    return summaries(found)


@pytest.mark.parametrize(
    ("section", "problem", "entry"),
    [
        ('"formatters": {"a": {"()": "app.logs.Formatter", "app": "x"}}',
         "Formatter() gets an unexpected keyword argument `app`", "`a` of its formatters"),
        ('"filters": {"a": {"()": "app.logs.Filter"}}',
         "Filter() misses the required argument `name`", "`a` of its filters"),
        ('"filters": {"a": {"()": "app.logs.make", "level": "x"}}',
         "make() gets an unexpected keyword argument `level`", "`a` of its filters"),
        ('"handlers": {"a": {"class": "app.logs.Handler", "level": "INFO", "path": "x"}}',
         "Handler() gets an unexpected keyword argument `path`", "`a` of its handlers"),
    ],
)  # fmt: skip
def test_reports_entries_that_a_factory_does_not_take(tmp_path: Path, section: str, problem: str, entry: str) -> None:
    message = f"{problem}, as {entry} asks the configuration of logging to do"
    assert wrong(tmp_path, section) == [("SSOT112", "error", message)]


@pytest.mark.parametrize(
    "section",
    [
        '"formatters": {"a": {"()": "app.logs.Formatter", "service": "x"}}',
        '"formatters": {"a": {"()": "app.logs.Formatter", "format": "x", "app": "y"}}',
        '"formatters": {"a": {"class": "app.logs.Formatter", "format": "x", "style": "{"}}',
        '"formatters": {"a": {"()": "app.logs.Inherited", "app": "y"}}',
        '"formatters": {"a": {"()": "app.logs.Made", "app": "y"}}',
        '"formatters": {"a": {"()": "app.logs.Formatter", "app": "y", **given}}',
        '"formatters": {"a": {"()": "outside.Formatter", "app": "y"}}',
        '"filters": {"a": {"()": "app.logs.Filter", "name": "x", ".": {"level": 1}}}',
        '"filters": {"a": {"()": "app.logs.made", "level": "x"}}',
        '"handlers": {"a": {"class": "app.logs.Handler", "level": "INFO", "filters": [], "stream": "ext://sys.stdout"}}',
    ],
)
def test_says_nothing_of_what_it_takes(tmp_path: Path, section: str) -> None:
    assert wrong(tmp_path, section) == []
