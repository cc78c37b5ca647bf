from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

STARTS = 'entry-points = ["app.main"]\n'


def unbound(root: Path, body: str, before: str = "") -> list[int]:
    """The lines of `start()`, counted from 1, in which a variable is reported; it has the body that is given."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    main = f"{before}\ndef start(given):\n{lines}start(open('x').read())\n"
    found = findings(root, {"app/__init__.py": "", "app/main.py": main}, STARTS, select="SSOT111")
    return [each.span.line - main[: main.index("def start")].count("\n") - 1 for each in found]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("print(x)\nx = 1", 1),
        ("x += 1", 1),
        ("y = x.y\nx = y", 1),
        ("try:\n    int(given)\nexcept ValueError as x:\n    pass\nprint(x)", 5),
        ("try:\n    int(given)\nexcept ValueError as x:\n    print(x)\nfinally:\n    pass\nreturn x", 7),
        ("del given\nx = 1\ndel x\nprint(x)", 4),
        ("if given:\n    print(x)\nx = 1", 2),
        ("if given:\n    x = 1\n    return x\nprint(x)", 4),
        ("with open(x) as x:\n    pass", 1),
        ("for y in x:\n    pass\nx = 1", 1),
        ("if x is None:\n    x = 1", 1),
        ("x: int\nprint(x)\nx = 1", 2),
        ("import os.path\nprint(y)\nfrom os import path as y", 2),
        ("print([each for each in x])\nx = []", 1),
    ],
)
def test_reports_a_variable_that_nothing_can_have_bound(tmp_path: Path, body: str, line: int) -> None:
    assert unbound(tmp_path, body) == [line]


@pytest.mark.parametrize(
    "body",
    [
        "if given:\n    x = 1\nprint(x)",
        "for each in given:\n    if each:\n        print(x)\n    x = each",
        "while given:\n    try:\n        print(x)\n    finally:\n        x = 1",
        "try:\n    x = int(given)\nexcept ValueError:\n    pass\nprint(x)",
        "try:\n    int(given)\nexcept ValueError as error:\n    x = error\nprint(x)",
        "try:\n    int(given)\nexcept ValueError as e:\n    x = e\nelse:\n    e = x = None\nprint(e, x)",
        "try:\n    print(x)\nexcept NameError:\n    x = 1",
        "if (x := given):\n    print(x)",
        "print([x for x in given])\nx = 1",
        "print(lambda: x)\nx = 1",
        "def inner():\n    return x\nx = 1\nprint(inner())",
        "def inner():\n    nonlocal x\n    x = 1\ninner()\nprint(x)\nx = 2",
        "global x\nprint(x)\nx = 1",
        "match given:\n    case [x]:\n        print(x)\n    case x:\n        print(x)",
        "with open(given) as x, open(x) as y:\n    print(x, y)",
        "for x in given:\n    pass\nprint(x)",
        "del given\ngiven = 1\nprint(given)",
        "import os\nprint(os)",
        "given and print(x)\nx = 1",
        "class x:\n    x = 1\nprint(x)",
        "class Inner:\n    given = given\nprint(Inner)",
    ],
)  # fmt: skip
def test_is_silent_where_something_may_have_bound_it(tmp_path: Path, body: str) -> None:
    assert unbound(tmp_path, body, "x = 0") == []


def test_an_import_in_a_branch_hides_the_name_of_the_module(tmp_path: Path) -> None:
    body = "print(os.name)\nif given:\n    import os\n    print(os)"
    assert unbound(tmp_path, body, "import os") == [1]


def test_a_global_that_is_assigned_without_saying_so_is_a_variable_of_the_function(tmp_path: Path) -> None:
    assert unbound(tmp_path, "if cache is None:\n    cache = {}\nreturn cache", "cache = None") == [1]


def test_what_is_written_on_the_state_of_an_application_is_no_name_of_a_module(tmp_path: Path) -> None:
    before = "class App:\n    def __init__(self, app): self.app = app\n    def run(self): self.app.state.pool = pool\n"
    assert unbound(tmp_path, "App(given).run()", before) == [-2]
