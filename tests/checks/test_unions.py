from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import told

STARTS = 'entry-points = ["app"]\n'


@pytest.mark.parametrize(
    "line",
    [
        "def f() -> 'A' | None: ...", "def f(a: None | 'A'): ...", "a: 'A' | 'B' = 1", "Handler = 'A' | None",
        "class B:\n    a: 'A' | None = None", "class B:\n    def f(self, a: list['A' | None]): ...",
        "def f(a: callable | None): ...", "def f(a: callable[[int], str]): ...", "def f() -> dict[str, any[int]]: ...",
    ],
)  # fmt: skip
def test_reports_types_that_can_not_be_put_together(tmp_path: Path, line: str) -> None:
    assert len(told(tmp_path, {"app.py": line + "\n"}, STARTS, select="SSOT112")) == 1


@pytest.mark.parametrize(
    "line",
    [
        "from __future__ import annotations\ndef f() -> 'A' | None: ...", "def f() -> 'A | None': ...",
        "def f() -> int | None: ...", "def f(a: callable): ...", "def f(a: any): ...", "a = 1 | 2",
        "from typing import List\ndef f(a: List[int] | 'A'): ...", "def f():\n    a: 'A' | None = 1",
        "callable = dict\ndef f(a: callable[int, str]): ...",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    A = 'A' | None",
        "from typing import Optional as any\ndef f(a: any[int]): ...",
        "try:\n    A = 'A' | None\nexcept TypeError:\n    A = None",
    ],
)  # fmt: skip
def test_takes_types_that_can(tmp_path: Path, line: str) -> None:
    assert told(tmp_path, {"app.py": line + "\n"}, STARTS, select="SSOT112") == []


def test_an_image_of_a_python_that_does_not_evaluate_annotations(tmp_path: Path) -> None:
    files = {"app.py": "def f() -> 'A' | None: ...\n", "Dockerfile": "FROM python:3.14\n"}
    assert told(tmp_path, files, STARTS, select="SSOT112") == []
