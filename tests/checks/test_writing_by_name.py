from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import told

CODE = """
import copy
from outside import session
class Users:
    async def update(self, key, values, other):
        BODY
        for name, value in values.items():
            setattr(row, name, value)
        return row
    def load(self): return 1
def start():
    Users().load_all()
"""


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("row = await session.get(key)", True),
        ("row = session.query(key).first()", True),
        ("async with session.get(key) as row: pass", True),
        ("row = None\n        row = session.exec(key).first()", True),
        ("row = session.get(key)\n        exec(values)", False),
        ("row = session.get(key)\n        vars(self).update(values)", False),
        ("row = self", False),
        ("row = Users()", False),
        ("row = self.load()", False),
        ("row = copy.copy(other)", False),
        ("row = type(self)()", False),
        ("row = other", False),
        ("row = session.get(key)\n        row = other", False),
        ("row = session.get(self)", False),
        ("pass", False),
    ],
)
def test_what_is_set_by_name_on_what_others_gave_is_not_the_class_s_own(tmp_path: Path, body: str, found: bool) -> None:
    code = CODE.replace("BODY", body)
    expected = ["app.py: Users().load_all() [startup]"] * found
    assert told(tmp_path, {"app.py": code}, 'entry-points = ["app:start"]\n', select="SSOT113") == expected
