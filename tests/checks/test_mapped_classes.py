"""What SQLAlchemy refuses of the classes that it maps, and what they say of each other that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, graded

CODE = """
from datetime import datetime
from typing import ClassVar, List

from sqlalchemy import Column, ForeignKey, Integer, MetaData, select
from sqlalchemy.orm import DeclarativeBase, Mapped, configure_mappers, mapped_column, relationship


class Base(DeclarativeBase):
    metadata = MetaData()


class Times:
    created: Mapped[datetime] = mapped_column()


class User(Base, Times):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    posts: Mapped[List["Post"]] = relationship(back_populates="owner")


class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    owner: Mapped["User"] = relationship("User", back_populates="posts")


def start():
    configure_mappers()
"""
TABLE = '    __tablename__ = "users"\n'
EMAIL = "    email: Mapped[str]"
KEY = "    id: Mapped[int] = mapped_column(primary_key=True)\n    email"


def told(root: Path, code: str) -> list[tuple[str, str]]:
    found = findings(root, {"app.py": code}, 'entry-points = ["app:start"]\n', select="SSOT112")
    return graded(found)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"posts"\n', '"users"\n', "`User` has the table `users` already"),
        ("class Post(Base)", "class Notes(Base)", "no class that is mapped has the name `Post`"),
        ("    owner: Mapped", "    author: Mapped", "`Post` has no attribute `owner`, which `back_populates` names"),
        ('relationship("User"', 'relationship("Person"', "no class that is mapped has the name `Person`"),
        (KEY, "    email", "the table `users` has no primary key, which SQLAlchemy needs to map it"),
        (EMAIL, "    email: str = mapped_column()", "the annotation of `email` does not say `Mapped[…]`"),
        (
            '    __tablename__ = "posts"\n',
            "",
            "it has no `__tablename__`, and SQLAlchemy maps no class without a table",
        ),
        ("configure_mappers()\n", "User(id=1, mail='x')\n", "User() gets an unexpected keyword argument `mail`"),
        ("configure_mappers()\n", "User(1)\n", "User() takes no positional arguments"),
    ],
)  # fmt: skip
def test_reports_what_sqlalchemy_refuses(tmp_path: Path, old: str, new: str, message: str) -> None:
    changed = "".join(CODE.rpartition(old)[:1]) + new + CODE.rpartition(old)[2]
    assert told(tmp_path, changed) == [("error", message)]


@pytest.mark.parametrize(("use", "level"), [("User(id=1)", "error"), ("select(User)", "error"), ("pass", "warning")])
def test_what_is_looked_for_when_it_is_needed_ends_a_start_that_needs_it(tmp_path: Path, use: str, level: str) -> None:
    changed = CODE.replace("configure_mappers()\n", f"{use}\n").replace('relationship("User"', 'relationship("Person"')
    assert told(tmp_path, changed) == [(level, "no class that is mapped has the name `Person`")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("class Post(Base)", "class Post(User)"),
        (KEY, "    id = Column(Integer, primary_key=True)\n    email"),
        (KEY, "    id: Mapped[intpk]\n    email"),
        (KEY, "    __mapper_args__ = {'primary_key': ['email']}\n    email"),
        (EMAIL, "    email: ClassVar[str] = 'x'"),
        (EMAIL, "    email: str = Column(Integer)"),
        ("class Times:", "class Times:\n    __allow_unmapped__ = True"), (EMAIL, "    email: Mapped[str]"),
        ('    __tablename__ = "posts"\n', TABLE + '    __table_args__ = {"extend_existing": True}\n'),
        ('    __tablename__ = "posts"\n', TABLE + '    __table_args__ = {"schema": "old"}\n'),
        ('    __tablename__ = "posts"\n', "    __abstract__ = True\n"),
        ("    metadata = MetaData()\n", "    @declared_attr\n    def __tablename__(cls): return str(cls)\n"),
        ('    posts: Mapped[List["Post"]] = relationship(back_populates="owner")\n', ""),
        ("configure_mappers()\n", "User(id=1, email='x', created=None, posts=[])\n"),
    ],
)  # fmt: skip
def test_is_silent_about_what_is_mapped(tmp_path: Path, old: str, new: str) -> None:
    keys = "from typing import Annotated\nfrom sqlalchemy.orm import declared_attr\n"
    keys += "intpk = Annotated[int, mapped_column(primary_key=True)]\n\n\nclass Base("
    changed = CODE.replace(old, new, 1).replace("class Base(", keys)
    changed = changed.replace(', back_populates="posts"', "") if "posts: " not in changed else changed
    if "__mapper_args__" in new:
        changed = changed.replace('"users.id"', '"users.email"')
    if "__abstract__" in new:
        changed = changed.replace('    posts: Mapped[List["Post"]] = relationship(back_populates="owner")\n', "")
        changed = changed.replace(', back_populates="posts"', "")
    assert told(tmp_path, changed) == []


def test_another_side_may_be_a_backref(tmp_path: Path) -> None:
    changed = CODE.replace('"User", back_populates="posts"', '"User", backref="posts"').replace(
        '    posts: Mapped[List["Post"]] = relationship(back_populates="owner")\n', ""
    )
    assert told(tmp_path, changed.replace("configure_mappers()\n", "User(posts=[])\n")) == []


def test_nothing_is_told_of_classes_below_one_that_a_base_by_call_has(tmp_path: Path) -> None:
    code = """
from sqlalchemy import Column, Integer, ForeignKey
from sqlalchemy.orm import declarative_base, relationship, configure_mappers
Base = declarative_base()
class NodeBase(Base):
    __tablename__ = "nodes"
    id = Column(Integer, primary_key=True)
class Node(NodeBase):
    tags = relationship("Tag", back_populates="node")
class Tag(Base):
    __tablename__ = "tags"
    id = Column(Integer, primary_key=True)
    node_id = Column(Integer, ForeignKey("nodes.id"))
    node = relationship("Node", back_populates="tags")
def start():
    configure_mappers()
"""
    assert told(tmp_path, code) == []
