"""Annotations that libraries evaluate."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

MODELS = """
from __future__ import annotations
from typing import TYPE_CHECKING, ClassVar, List
from pydantic import BaseModel, PrivateAttr
from outside import Base
if TYPE_CHECKING:
    from typing import Optional
    from app.types import Kind

class Redis(BaseModel):
    host: str = "localhost"
    FIELD
class Below(Redis):
    port: int = 1
class Later(BaseModel):
    after: After = None
class After(BaseModel):
    name: str = "x"
class Outside(Base):
    kind: Optional[str] = None
class Plain:
    kind: Optional[str] = None
"""
TABLES = """
from __future__ import annotations
from typing import TYPE_CHECKING, List
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
if TYPE_CHECKING:
    from datetime import datetime
    from app.other import Other

class Base(DeclarativeBase):
    pass
class Stamped:
    COLUMN
class User(STAMPED, Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    others: Mapped[List[Other]] = relationship()
"""


def wrong(root: Path, main: str, code: str = "") -> list[tuple[str, str, str]]:
    files = {"app/__init__.py": "", "app/models.py": code, "app/main.py": main}
    found = findings(root, files, 'entry-points = ["app.main"]\n', select="SSOT111")
    return [(each.span.path, each.violation.level, each.violation.message) for each in found]


@pytest.mark.parametrize(
    ("field", "made", "message"),
    [
        ("kind: Optional[str] = None", "Redis(host='x')", "`Optional` is only there for type checkers"),
        ("kind: Optional[str] = None", "Below(host='x')", "`Optional` is only there for type checkers"),
        ("kind: List[Gone] = []", "Redis(host='x')", "nothing binds `Gone`"),
    ],
)
def test_reports_names_that_a_model_does_not_find(tmp_path: Path, field: str, made: str, message: str) -> None:
    main = f"from app.models import *\n{made}\n"
    owner = made.partition("(")[0]
    expected = f"{message}, and the library evaluates the annotations of `{owner}`"
    assert wrong(tmp_path, main, MODELS.replace("FIELD", field)) == [("app/models.py", "error", expected)]


@pytest.mark.parametrize(
    ("field", "main"),
    [
        ("kind: Optional[str] = None", "Redis"),
        ("kind: List[str] = []", "Redis(host='x')"),
        ("kind: ClassVar[Optional[str]] = None", "Redis(host='x')"),
        ("_kind: Optional[str] = PrivateAttr(None)", "Redis(host='x')"),
        ("kind: Optional[str] = None", "Outside(kind='x')\nPlain()"),
        ("kind: List[str] = []", "Later(after=None)"),
        ("kind: Optional[str] = None", "Redis.model_rebuild(_types_namespace={'Optional': None})\nRedis(host='x')"),
        ("kind: Optional[str] = None", "try:\n    Redis(host='x')\nexcept Exception: pass"),
        ("kind: Optional[str] = None", "def later(): return Redis(host='x')"),
    ],
)
def test_says_nothing_of_what_a_model_finds_or_is_not_asked(tmp_path: Path, field: str, main: str) -> None:
    assert wrong(tmp_path, f"from app.models import *\n{main}\n", MODELS.replace("FIELD", field)) == []


@pytest.mark.parametrize(
    ("column", "stamped", "found"),
    [
        ("at: Mapped[datetime] = mapped_column()", "Stamped", 1),
        ("at: Mapped[datetime]", "Stamped", 1),
        ("at: Mapped[datetime] = mapped_column()", "object", 0),
        ("at: Mapped[int] = mapped_column()", "Stamped", 0),
        ("at: Mapped[Other] = relationship()", "Stamped", 0),
        ("at: datetime = None", "Stamped", 0),
    ],
)
def test_tells_names_that_a_column_does_not_find(tmp_path: Path, column: str, stamped: str, found: int) -> None:
    message = "`datetime` is only there for type checkers, and the library evaluates the annotations of `User`"
    told = wrong(tmp_path, "import app.models\n", TABLES.replace("COLUMN", column).replace("STAMPED", stamped))
    assert told == [("app/models.py", "error", message)] * found
