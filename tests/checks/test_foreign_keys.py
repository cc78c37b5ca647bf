"""Columns and tables that mapped classes name by texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, graded

CODE = """
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, UniqueConstraint, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase): pass

class Times:
    created: Mapped[int] = mapped_column()

class User(Times, Base):
    __tablename__ = "users"
    __table_args__ = (Index("ix", "email", "created"), UniqueConstraint("email"), {"comment": "x"})
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column("email")
    posts: Mapped[list["Post"]] = relationship(back_populates="owner")

class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    owner: Mapped["User"] = relationship(back_populates="posts")

def start():
    select(User)
"""
OWNER = '    owner: Mapped["User"] = relationship(back_populates="posts")'
KEY = 'mapped_column(ForeignKey("users.id"))'


def told(root: Path, old: str, new: str) -> list[tuple[str, str]]:
    code = CODE.replace(old, new, 1)
    found = findings(root, {"app.py": code}, 'entry-points = ["app:start"]\n', select="SSOT112")
    return graded(found)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("users.id", "user.id", "no mapped class has the table `user`, which a foreign key names"),
        ("users.id", "users.key", "`User` has no column `key`, which a foreign key names"),
        ('"ix", "email"', '"ix", "mail"', "its table has no column `mail`, which `Index` names"),
        ('Constraint("email")', 'Constraint("mail")', "its table has no column `mail`, which `UniqueConstraint` names"),
        (
            "    owner_id",
            '    __table_args__ = (Index("i", "id"))\n    owner_id',
            "`__table_args__` must be a tuple: a comma is missing",
        ),
    ],
)  # fmt: skip
def test_reports_tables_and_columns_that_are_not_there(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert ("error", message) in told(tmp_path, old, new)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (KEY, "mapped_column()", "no foreign key joins"),
        (OWNER, f"    editor_id: Mapped[int] = {KEY}\n{OWNER}", "several foreign keys join"),
    ],
)
def test_reports_relationships_that_no_key_tells(tmp_path: Path, old: str, new: str, why: str) -> None:
    found = told(tmp_path, old, new)
    assert len(found) == 2
    assert all(level == "error" and message.startswith(why) for level, message in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""), (KEY, "mapped_column(ForeignKey(User.id))"), (KEY, 'mapped_column(ForeignKey("auth.users.id"))'),
        ("    owner_id", '    __table_args__ = (CheckConstraint("x > 1"), Index("i", id))\n    owner_id'),
        (OWNER, f"    editor_id: Mapped[int] = {KEY}\n{OWNER[:-1]}, foreign_keys=[owner_id])\n"),
        ("class Post", "from sqlalchemy import Table\nlogs = Table('logs', Base.metadata)\n\nclass Post"),
        (OWNER, f'    parent_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))\n{OWNER}'),
        ("class Post(", "class Admin(User):\n    level: Mapped[int] = mapped_column()\n\nclass Post("),
        (KEY, 'mapped_column("owner", ForeignKey("users.id"))'),
    ],
)  # fmt: skip
def test_is_silent_about_what_may_be_there(tmp_path: Path, old: str, new: str) -> None:
    new = new.replace("relationship(back_populates", "relationship(back_populates")
    found = told(tmp_path, old, new)
    assert [message for level, message in found if "several" not in message] == []
