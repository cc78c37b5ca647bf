from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

FILES = {
    "app/__init__.py": "",
    "app/tables.py": """
import outside
LIMITS = {"tokens": 10, "users": 5}
MORE = {"tokens": 10}
MORE["late"] = 1
READ = {"tokens": 10, **outside.given}
GIVEN = {"tokens": 10}
outside.fill(GIVEN)
EMPTY = {}
def components(): return {"db": 1, "cache": 2}
def build():
    made = {"db": 1}
    for name in outside.given: made[name] = 1
    return made
NAMED = dict(tokens=10, users=5)
COPIED = dict(LIMITS, more=1)
BY_NAME = {each.name: each for each in (outside.Tokens, outside.Users)}
class Tokens: name = "tokens"
class Users: name = "users"
BY_KIND = {each.name: each for each in (Tokens, Users)}
SOME = {each.name: each for each in (Tokens, Users) if outside.given}
GROWN = {each: 1 for each in ("tokens", "users")}
GROWN.update(outside.given)
class Settings:
    def __init__(self): self.limits = {"tokens": 10}
settings = Settings()
""",
}


def wrong(root: Path, code: str, extra: str = "") -> list[str]:
    main = f"from app.tables import *\nfrom app import tables\nimport outside\ndef start():\n    {code}\n{extra}\n"
    found = findings(root, {**FILES, "app/main.py": main}, 'entry-points = ["app.main:start"]\n', select="SSOT113")
    return [each.violation.message for each in found]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("tables.LIMITS['gone']", "`tables.LIMITS` has no key `gone`: it has `tokens`, `users`"),
        ("assert LIMITS['gone'] == 1", "`LIMITS` has no key `gone`: it has `tokens`, `users`"),
        ("LIMITS['gone']", "`LIMITS` has no key `gone`: it has `tokens`, `users`"),
        ("settings.limits['gone']", "`settings.limits` has no key `gone`: it has `tokens`"),
        ("made = components()\n    made['gone']", "`made` has no key `gone`: it has `db`, `cache`"),
        ("NAMED['gone']", "`NAMED` has no key `gone`: it has `tokens`, `users`"),
        ("BY_KIND['gone']", "`BY_KIND` has no key `gone`: it has `tokens`, `users`"),
        ("SOME['gone']", "`SOME` has no key `gone`: it has `tokens`, `users`"),
        ("components()['gone']", "`components` has no key `gone`: it has `db`, `cache`"),
    ],
)
def test_reports_keys_that_a_dict_does_not_have(tmp_path: Path, code: str, message: str) -> None:
    assert wrong(tmp_path, code) == [message]


@pytest.mark.parametrize(
    "code",
    [
        "BY_NAME['gone']", "COPIED['gone']", "COPIED['more']", "GROWN['gone']", "BY_KIND['users']", "NAMED['users']",
        "LIMITS['users']", "name = 'gone'\n    LIMITS[name]",
        "LIMITS.get('gone')", "MORE['late']", "READ['gone']", "GIVEN['gone']", "EMPTY['gone']",
        "build()['gone']", "if outside.name == 'gone': LIMITS['gone']",
        "'gone' in LIMITS and LIMITS['gone']", "if LIMITS.get('gone'): LIMITS['gone']", "LIMITS[outside.name]",
        "try: LIMITS['gone']\n    except KeyError: pass", "try: LIMITS['gone']\n    except LookupError: pass",
        "LIMITS['gone'] = 1\n    LIMITS['gone']", "outside.fill(LIMITS)\n    LIMITS['gone']",
        "LIMITS.update(outside.given)\n    LIMITS['gone']", "LIMITS.update(gone=1)\n    LIMITS['gone']",
        "LIMITS.setdefault('gone', 1)\n    LIMITS['gone']", "dict(LIMITS, gone=1)['gone']",
        "(LIMITS | {'gone': 1})['gone']", "copied = {**LIMITS}\n    copied['gone']", "LIMITS.copy()['gone']",
        "del LIMITS['users']\n    LIMITS['users']", "LIMITS.pop('users')\n    LIMITS.clear()",
        "made = components() if outside.given else outside.given\n    made['gone']",
        "made = components()\n    made |= outside.given\n    made['gone']",
    ],
)  # fmt: skip
def test_is_silent_about_keys_that_may_be_there(tmp_path: Path, code: str) -> None:
    assert wrong(tmp_path, code) == []


@pytest.mark.parametrize(
    "extra",
    [
        "def fill(table): table['gone'] = 1\n",
        "def fill(table): table.update({'gone': 1})\n",
        "tables.LIMITS['gone'] = 1\n",
    ],
)
def test_looks_at_all_loaded_code(tmp_path: Path, extra: str) -> None:
    assert wrong(tmp_path, "LIMITS['gone']", extra) == []


@pytest.mark.parametrize(
    ("asked", "count"),
    [("message['type'] == 'start'", 0), ("message == 'start'", 1), ("message['body'] == 'start'", 1)],
)
def test_a_dict_that_is_one_of_several_kinds_may_be_another_one(tmp_path: Path, asked: str, count: int) -> None:
    code = f"""
def send(message):
    if {asked}:
        return message["status"]
    return message["status"]
MESSAGE = {{"type": "body", "body": b""}}
send(MESSAGE)
"""
    found = findings(tmp_path, {"app.py": code}, 'entry-points = ["app"]\n', select="SSOT113")
    assert min(len(found), 1) == count


@pytest.mark.parametrize(
    ("code", "extra", "reported"),
    [
        ("read('gone')", "def read(name): return LIMITS[name]", True),
        ("read('users')", "def read(name): return LIMITS[name]", False),
        ("read(outside.name)", "def read(name): return LIMITS[name]", False),
        ("read('gone')", "def read(name):\n    if name in LIMITS: return LIMITS[name]", False),
        (
            "read('gone')",
            "def read(name):\n    try: return LIMITS[name]\n    except KeyError: raise ValueError(name)",
            False,
        ),
        ("read('gone')", "def read(name):\n    name = name.lower()\n    return LIMITS[name]", False),
        ("read('gone')", "def read(name): return MORE[name]\ndef add(name): MORE[name] = 1\nadd('gone')", False),
        (
            "for name in ('users', 'gone'): read(name)",
            "def read(name): return LIMITS.get(name) and LIMITS[name]",
            False,
        ),
    ],
)
def test_knows_the_key_that_a_call_gives(tmp_path: Path, code: str, extra: str, reported: bool) -> None:
    message = "`LIMITS` has no key `gone`: it has `tokens`, `users`"
    assert wrong(tmp_path, code, extra) == ([message] if reported else [])
