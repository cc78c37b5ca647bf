from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

CODE = """
from typing import Annotated, Generic, TypeVar
from dataclasses import dataclass
from enum import Enum
from fastapi import APIRouter, Body, Depends, FastAPI, Path, Query, Request, Response, status
from pydantic import BaseModel
from outside import Base, inject, rows
from app.parts import Service
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass, declarative_base

T = TypeVar("T")

class Model(BaseModel):
    a: int

@dataclass
class Data:
    a: int

class Kind(Enum):
    A = 1

class Other(Base): pass
class Below(Service): pass
class Store(Generic[T]):
    def __init_subclass__(cls, kind): pass
class Claims(Store[int], kind="claims"): pass

class Own:
    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler): ...

app = FastAPI()
router = APIRouter()
PREFIX = "/v1"
class Tables(DeclarativeBase): pass
Old = declarative_base()
class Row(Tables):
    __table__ = rows
class OldRow(Old): pass
class Mapped(MappedAsDataclass, DeclarativeBase): pass
def session() -> AsyncSession: ...
def user(db: AsyncSession = Depends(session)): ...
def guest(db: AsyncSession): ...
"""


def messages(root: Path, code: str) -> list[str]:
    files = {
        "app/__init__.py": "",
        "app/parts.py": "class Service:\n    def run(self): pass\n",
        "app/main.py": f"{CODE}\n{code}\napp.include_router(router)\n",
    }
    found = findings(root, files, 'entry-points = ["app.main"]', select="SSOT112")
    assert all(each.violation.level == "error" for each in found)
    return [each.violation.message for each in found]


NO_BODY = "an answer with this status can't have a body, and the route declares one"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("r = APIRouter(prefix='v1')", "the prefix must start with `/`"),
        ("app.include_router(router, prefix=f'v{1}')", "the prefix must start with `/`"),
        ("r = APIRouter(prefix='/v1/')", "the prefix must not end with `/`, since the paths begin with it"),
        ("r = APIRouter(prefix=PREFIX + '/')", "the prefix must not end with `/`, since the paths begin with it"),
        ("@router.get()\ndef f(): ...", "get() misses the required argument `path`"),
        ("@router.get('/', status_code=204)\ndef f() -> dict: ...", NO_BODY),
        ("@router.get('/', status_code=204)\ndef f() -> Model: ...", NO_BODY),
        ("@app.get('/', status_code=status.HTTP_204_NO_CONTENT, response_model=Model)\ndef f(): ...", NO_BODY),
        ("@router.get('/{a}')\ndef f(a: int = Path(1)): ...", "a parameter of the path can't have a default value"),
        (
            "@router.get('/{a}')\ndef f(a: Annotated[int, Path(ge=1)] = 1): ...",
            "`a` is a parameter of the path, and can't have a default value",
        ),
        (
            "@router.get('/')\ndef f(a: Annotated[int, Query(1)]): ...",
            "`Query` in an annotation can't have a default, as that of `a` has",
        ),
        (
            "@router.get('/')\ndef f(a: Annotated[int, Depends(int)] = Depends(int)): ...",
            "`a` is declared in its annotation and again by its default",
        ),
        ("@router.get('/{a}/{a}')\ndef f(a: int): ...", "the path has the parameter `a` twice"),
        ("@router.get('/', methods=['GET'])\ndef f(): ...", "get() gets an unexpected keyword argument `methods`"),
        (
            "@router.get('/{a}')\ndef f(a: int = Query()): ...",
            "`a` is a parameter of the path, and can't be taken from `Query`",
        ),
        (
            "@router.get('/{a:path}')\ndef f(a: Annotated[str, Body()]): ...",
            "`a` is a parameter of the path, and can't be taken from `Body`",
        ),
        (
            "@router.get('/')\ndef f(a: Service): ...",
            "`a` is of the class `Service`, which FastAPI can't read from a request",
        ),
        (
            "@router.get('/')\n@app.post('/')\ndef f(*, a: Below): ...",
            "`a` is of the class `Below`, which FastAPI can't read from a request",
        ),
        (
            "@router.get('/')\ndef f(a: Claims): ...",
            "`a` is of the class `Claims`, which FastAPI can't read from a request",
        ),
        ("@router.get('/')\ndef f(db: AsyncSession): ...",
         "`db` is of the class `AsyncSession`, which FastAPI can't read from a request"),
        ("@router.get('/')\ndef f(a: Annotated[str, Depends(guest)]): ...",
         "`db` of guest() is of the class `AsyncSession`, which FastAPI can't read from a request"),
        ("r = APIRouter(dependencies=[user])",
         "`user` is a function, and `dependencies` are given as `Depends(user)`"),
        ("@router.get('/')\ndef f() -> list[Row]: ...", "`Row` is no model that FastAPI can answer with"),
        ("@router.get('/')\ndef f() -> OldRow: ...", "`OldRow` is no model that FastAPI can answer with"),
        ("@router.get('/')\ndef f() -> Service: ...", "`Service` is no model that FastAPI can answer with"),
        ("@app.get('/', response_model=list[Service])\ndef f(): ...",
         "`Service` is no model that FastAPI can answer with"),
    ],
)  # fmt: skip
def test_reports_what_is_refused_where_a_route_is_defined(tmp_path: Path, code: str, message: str) -> None:
    assert message in messages(tmp_path, code)


@pytest.mark.parametrize(
    "code",
    [
        "r = APIRouter(prefix='')", "r = APIRouter(prefix=PREFIX)", "r = APIRouter(prefix=f'{PREFIX}/users')",
        "@router.get('')\ndef f(): ...", "@router.get(path='/')\ndef f(): ...", "@router.get(*PREFIX)\ndef f(): ...",
        "@router.get('/', status_code=204)\ndef f() -> None: ...",
        "@router.get('/', status_code=204)\ndef f() -> Response: ...",
        "@router.get('/', status_code=204, response_model=None)\ndef f() -> dict: ...",
        "@router.get('/', status_code=200)\ndef f() -> dict: ...",
        "@router.get('/{a}/{b}')\ndef f(a: Annotated[int, Path(...)], b: int = 1): ...",
        "@router.get('/')\ndef f(a: Annotated[int, Query(ge=1)] = 1, b: Annotated[int, Depends(int)] = 1): ...",
        "@router.api_route('/', methods=['GET'])\ndef f(): ...",
        "@router.get('/{a}')\ndef f(a: int = Path(ge=1)): ...", "@router.get('/{a}')\ndef f(a: int = Path(...)): ...",
        "@router.get('/{a}')\ndef f(b: int = Query(1)): ...",
        "@router.get('/')\ndef f(a: Service = Depends()): ...",
        "@router.get('/')\ndef f(a: Annotated[Service, Depends()]): ...",
        "@router.get('/')\n@inject\ndef f(a: Service): ...",
        "@router.get('/')\ndef f(a: Model, b: Data, c: Kind, d: Other, e: Own, g: Request) -> Model: ...",
        "@router.get('/', response_model=None)\ndef f() -> Service: ...",
        "@router.get('/', response_model=Model)\ndef f() -> Service: ...",
        "def f(a: Service): ...", "r = APIRouter(dependencies=[Depends(user)])",
        "@router.get('/')\ndef f(a: Annotated[str, Depends(user)]): ...", "@router.get('/')\ndef f() -> Mapped: ...",
    ],
)  # fmt: skip
def test_takes_what_fastapi_takes(tmp_path: Path, code: str) -> None:
    assert messages(tmp_path, code) == []
