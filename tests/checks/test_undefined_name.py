from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, told

STARTS = 'entry-points = ["app:start"]\n'


def undefined(root: Path, code: str, **files: str) -> list[str]:
    others = {f"{name}.py": text for name, text in files.items()}
    return told(root, {"app.py": code + "\ndef start(): pass\n", **others}, STARTS, select="SSOT111")


@pytest.mark.parametrize(
    "line",
    [
        "gone()", "value = [gone for _ in range(2)]", "class A(gone): pass", "class A:\n    b = gone", "f'{gone}'",
        "@gone\ndef f(): pass", "def f(a=gone): pass", "def f(a: gone): pass", "def f() -> list[gone]: pass",
        "class A:\n    b: gone", "value: gone = 1", "lambda: 1, gone", "with gone: pass", "print(a := gone)",
        "class A:\n    def f(self) -> A: pass", "print(__version__)",
    ],
)  # fmt: skip
def test_reports_a_name_that_nothing_binds(tmp_path: Path, line: str) -> None:
    assert len(undefined(tmp_path, line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "print(__name__, __file__, __doc__, len, _)", "value = [a for a in range(2) if a]", "def f(a: 'gone'): pass",
        "from __future__ import annotations\ndef f(a: gone) -> gone: pass", "def f():\n    a: gone = 1", "lambda: gone",
        "from outside import *\ngone()", "globals()['gone'] = 1\ngone()", "try:\n    gone\nexcept NameError:\n    pass",
        "def f[T](a: T) -> T: ...\nclass A[T](list[T]): b: T", "class A:\n    b = 1\n    def f(self, c=b): pass",
        "def f():\n    def g() -> A: pass\nclass A: pass", "import a.b.c\na.b", "for a in ():\n    pass\nprint(a)",
        "if print():\n    a = 1\nprint(a)", "def f():\n    return later\nlater = 1", "class A:\n    __qualname__",
        "print(__debug__, __import__, __builtins__)",
        "import builtins\nbuiltins.gone = 1\ngone()", "class A:\n    def f(self):\n        return __class__",
        "from pkgutil import extend_path\n__path__ = extend_path(__path__, __name__)",
        "import sys\nif sys.version_info < (3,):\n    unicode_ = unicode_type",
        "try:\n    from app import part\nexcept ImportError:\n    raise\nprint(part.name)\ndel part",
    ],
)  # fmt: skip
def test_is_silent_about_a_name_that_something_may_bind(tmp_path: Path, line: str) -> None:
    assert undefined(tmp_path, line) == []


@pytest.mark.parametrize(
    ("requires", "line", "reported"),
    [
        ("requires-python = '>=3.10'", "total = reduce(max, [1, 2])", 1),
        ("requires-python = '>=3.10'", "from six.moves import reduce\ntotal = reduce(max, [1, 2])", 0),
        ("requires-python = '>=3.10'", "import sys\nPY2 = sys.version_info[0] == 2\nif PY2:\n    text = unicode", 0),
        ("requires-python = '>=3.10'", "try:\n    text = unicode\nexcept NameError:\n    text = str", 0),
        ("requires-python = '>=3.10'", "try:\n    from imp import reload as r\nexcept ImportError:\n    r = reload", 0),
        ("requires-python = '>=2.7'", "total = reduce(max, [1, 2])", 0),
        ("", "total = reduce(max, [1, 2])", 0),
    ],
)
def test_what_only_python_2_has_is_nowhere_on_3(tmp_path: Path, requires: str, line: str, reported: int) -> None:
    (tmp_path / "pyproject.toml").write_text(f"[project]\nname = 'x'\n{requires}\n", encoding="utf-8")
    assert len(undefined(tmp_path, line)) == reported


def test_follows_star_imports_inside_the_project(tmp_path: Path) -> None:
    code = "from other import *\nhere()\ngone()\n"
    assert undefined(tmp_path, code, other="def here(): pass\n") == ["app.py: gone() [import]"]


def test_reports_names_that_only_type_checkers_import(tmp_path: Path) -> None:
    code = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from other import A\nA()\ndef f(a: A): pass\n"
    assert undefined(tmp_path, code) == ["app.py: A() [import]", "app.py: def f(a: A): pass [import]"]


@pytest.mark.parametrize(
    "use", ["helper()", "@helper\ndef f(): pass", "class B(helper): pass", "def f(a=helper): pass"]
)
def test_reports_a_use_before_the_module_binds_the_name(tmp_path: Path, use: str) -> None:
    assert len(undefined(tmp_path, f"{use}\ndef helper(): pass\n")) == 1
    assert undefined(tmp_path, f"def helper(): pass\n{use}\n") == []


def test_speaks_of_functions_that_startup_calls_only(tmp_path: Path) -> None:
    code = "def start():\n    used()\ndef used():\n    gone_here()\ndef unused():\n    gone_there()\n"
    assert told(tmp_path, {"app.py": code}, STARTS, select="SSOT111") == ["app.py: gone_here() [startup]"]


@pytest.mark.parametrize(("version", "count"), [("3.13", 1), ("3.14", 0)])
def test_asks_whether_the_target_evaluates_annotations(tmp_path: Path, version: str, count: int) -> None:
    (tmp_path / "Dockerfile").write_text(f"FROM python:{version}-slim\n")
    assert len(undefined(tmp_path, "def f(a: gone): pass")) == count


@pytest.mark.parametrize(("modules", "version", "count"), [(2, "", 2), (3, "", 0), (3, "3.13", 3)])
def test_code_that_names_what_comes_later_everywhere_runs_on_a_python_that_does_not_look(
    tmp_path: Path, modules: int, version: str, count: int
) -> None:
    if version:
        (tmp_path / ".python-version").write_text(version)
    files = {f"part{number}": "class A:\n    def f(self) -> A: pass\n" for number in range(modules)}
    assert len(undefined(tmp_path, "".join(f"import {name}\n" for name in files), **files)) == count


@pytest.mark.parametrize(
    ("test", "found"),
    [
        ("not version", True),
        ("version is None", True),
        ("api_version and ready", True),
        ("version < (3,)", False),
        ("parse(version) < 3", False),
        ("version.startswith('3')", False),
        ("DJANGO_VERSION", False),
        ("app.VERSION", False),
    ],
)
def test_a_version_that_is_compared_may_rule_a_branch_out(tmp_path: Path, test: str, found: bool) -> None:
    code = f"def start(app, version, api_version, ready, parse, DJANGO_VERSION):\n    if {test}:\n        gone\n"
    said = told(tmp_path, {"app.py": code}, 'entry-points = ["app:start"]\n', select="SSOT111")
    assert said == (["app.py: gone [startup]"] if found else [])


@pytest.mark.parametrize(
    "code",
    [
        "def use():\n    return later()\nvalue = use()\ndef later(): pass",
        "def use():\n    return inner()\ndef inner():\n    with open('a'):\n        later()\nuse()\nlater = print",
        "class A:\n    def __init__(self):\n        self.b = LATER\na = A()\nLATER = 1",
        "def mark(f):\n    MARKED.append(f)\n    return f\n@mark\ndef f(): pass\nMARKED = []",
        "class A:\n    def make():\n        return LATER\n    b = make()\nLATER = 1",
        "def use():\n    if later():\n        pass\nuse()\nfrom json import loads as later",
        "def use():\n    try:\n        later()\n    except ValueError:\n        pass\nuse()\ndef later(): pass",
        "import threading\ndef use(): later()\nuse()\nif threading:\n    def later(): pass",
    ],
)
def test_reports_what_a_function_uses_that_its_module_calls_before_it_is_bound(tmp_path: Path, code: str) -> None:
    assert len(undefined(tmp_path, code)) == 1


@pytest.mark.parametrize(
    "code",
    [
        "def use():\n    return later()\ndef later(): pass\nvalue = use()",
        "def use(now=False):\n    if now:\n        later()\nuse()\ndef later(): pass",
        "def use():\n    return lambda: later()\nuse()\ndef later(): pass",
        "async def use():\n    later()\ntask = use()\ndef later(): pass",
        "def use():\n    yield later()\ngenerator = use()\ndef later(): pass",
        "def use():\n    return True or later()\nuse()\ndef later(): pass",
        "def use():\n    try:\n        later()\n    except NameError:\n        pass\nuse()\ndef later(): pass",
        "def use():\n    try:\n        import a\n        later()\n    finally:\n        a\nuse()\ndef later(): pass",
        "def use():\n    return later\nif print():\n    later = 1\nuse()\nlater = 2",
        "def use():\n    global later\n    later = 1\n    return later\nuse()\nlater = 2",
        "def use():\n    for name in ():\n        later()\nuse()\ndef later(): pass",
        "def use(done):\n    if done:\n        return\n    later()\nuse(print())\ndef later(): pass",
        "def use():\n    later = 1\n    return later\nuse()\nlater = 2",
        "def use(): later()\nprint() and use()\ndef later(): pass",
    ],
)
def test_is_silent_about_what_a_function_may_not_use_yet(tmp_path: Path, code: str) -> None:
    assert undefined(tmp_path, code) == []


def test_the_chain_goes_through_the_call_that_comes_too_early(tmp_path: Path) -> None:
    code = "def outer():\n    use()\ndef use():\n    later()\nouter()\ndef later(): pass\nuse()\ndef start(): pass\n"
    (found,) = findings(tmp_path, {"app.py": code}, STARTS, select="SSOT111")
    assert [(hop.caller, hop.callee) for hop in found.chain] == [("app", "app.outer"), ("app.outer", "app.use")]
    assert found.violation.message == "`later` is used before the module binds it"


def levels(root: Path, code: str) -> list[str]:
    return [each.violation.level for each in findings(root, {"app.py": code}, STARTS, select="SSOT111")]


@pytest.mark.parametrize(
    "code",
    [
        "def start():\n    if gone: pass",
        "def start():\n    if print():\n        gone",
        "def start():\n    raise gone('no')",
        "class A:\n    def __init__(self):\n        if self.on:\n            gone\n    on = print()\ndef start(): A()",
        "def start():\n    use(True)\ndef use(given):\n    if given:\n        gone",
        "def start():\n    use(None)\ndef use(given):\n    if given is None:\n        gone",
    ],
)
def test_is_an_error_where_the_start_comes_by(tmp_path: Path, code: str) -> None:
    assert levels(tmp_path, code) == ["error"]


@pytest.mark.parametrize(
    "use",
    [
        "if given:\n        gone",
        "if len(given.all) > 1:\n        pass\n    else:\n        gone",
        "return gone if given else 1",
        "if given:\n        fail()\ndef fail():\n    gone",
        "if print():\n        raise gone('no')",
        "if print():\n        print(gone)\n        raise ValueError",
        "try:\n        print()\n    except OSError:\n        gone",
    ],
)
def test_is_a_warning_where_the_start_may_not_come_by_or_fails_anyway(tmp_path: Path, use: str) -> None:
    assert levels(tmp_path, f"def start():\n    use(print())\ndef use(given):\n    {use}\n") == ["warning"]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("def f():\n    print(locals())\ngone()", True),
        ("def f():\n    task = 1\n    if 'task' in locals(): print(task)\ngone()", True),
        ("def f():\n    if 'gone' in locals(): gone()\nf()", False),
        (
            "def f():\n    try: raise ValueError\n    except ValueError:\n        if 'gone' in vars(): gone()\nf()",
            False,
        ),
        ("locals()['gone'] = print\ngone()", False),
        ("if 'later' not in globals():\n    later = 1\ngone()", True),
        ("if 'gone' in globals():\n    gone()", False),
        ("if 'later' not in globals():\n    globals()['gone'] = print\ngone()", False),
        ("for name in ('gone',):\n    if name in globals(): print(globals()[name])\ngone()", False),
        ("globals().get('later', print)()\ngone()", True),
        ("globals().get('gone', print)()\ngone()", False),
        ("def find(session): return session.exec('gone = 1')\ngone()", True),
        ("import builtins\nbuiltins.exec('gone = 1')\ngone()", False),
        ("class A:\n    locals()['gone'] = print\n    gone()", False),
    ],
)
def test_a_function_that_looks_at_its_variables_binds_none_of_the_module(
    tmp_path: Path, code: str, found: bool
) -> None:
    assert bool(told(tmp_path, {"app.py": code}, 'entry-points = ["app"]\n', select="SSOT111")) is found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("if hasattr(self, 'ready'): return\n        self.ready = gone()", True),
        ("if not getattr(self, 'ready', False):\n            gone()", True),
        ("if hasattr(print, 'ready'): return\n        gone()", False),
        ("if not hasattr(print, 'ready'):\n            gone()", False),
        ("if hasattr(self, 'gone'): gone()", False),
    ],
)
def test_what_an_instance_asks_of_itself_rules_nothing_out(tmp_path: Path, body: str, found: bool) -> None:
    code = f"class Service:\n    def __init__(self):\n        {body}\nService()\n"
    assert bool(told(tmp_path, {"app.py": code}, 'entry-points = ["app"]\n', select="SSOT111")) is found
