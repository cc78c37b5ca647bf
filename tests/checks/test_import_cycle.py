from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, told

STARTS = 'entry-points = ["app.main"]\n'


def cycles(root: Path, starts: str = STARTS, **files: str) -> list[str]:
    """What is reported in the package `app` with these modules."""
    modules = {f"app/{name}.py": text for name, text in files.items()}
    return told(root, {"app/__init__.py": "", **modules}, starts, select="SSOT114")


@pytest.mark.parametrize(
    "line",
    [
        "from app.a import name", "from .a import name", "from app import a\nclass B(a.name): pass",
        "import app.a\nprint(app.a.name)", "from app import a\n@a.name\ndef f(): pass",
        "import app.a as a\nclass C:\n    value = a.name", "from app import a\nVALUES = [a.name for _ in (1, 2)]",
    ],
)  # fmt: skip
def test_reports_a_name_that_is_taken_too_early(tmp_path: Path, line: str) -> None:
    *_, last = line.splitlines()
    shown = line.splitlines()[1] if "@" in line else last
    found = cycles(tmp_path, main="import app.a\n", a="import app.b\nname = object\n", b=line)
    assert found == [f"app/b.py: {shown.strip()} [import]"]


@pytest.mark.parametrize(
    "line",
    [
        "import app.a", "from app import a", "from app import a\ndef f(): return a.name",
        "def f():\n    from app.a import name",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app.a import name",
        "try:\n    from app.a import name\nexcept ImportError:\n    name = None", "from app.a import *",
        "from app.a import early", "from app import a\nf = lambda: a.name", "from app.a import gone",
        "if print():\n    from app.a import name", "from app import a\nVALUES = [a.name for a in (object, int)]",
    ],
)  # fmt: skip
def test_is_silent_about_cycles_that_do_no_harm(tmp_path: Path, line: str) -> None:
    a = "early = 1\nimport app.b\nname = object\n"
    assert cycles(tmp_path, main="import app.a\n", a=a, b=line) == []


def test_depends_on_where_the_imports_begin(tmp_path: Path) -> None:
    modules = {"a": "from app.b import other\nname = 1\n", "b": "import app.a\nother = 1\nprint(app.a.name)\n"}
    assert cycles(tmp_path, 'entry-points = ["app.b"]\n', **modules) == ["app/a.py: from app.b import other [import]"]
    assert cycles(tmp_path, 'entry-points = ["app.a"]\n', **modules) == ["app/b.py: print(app.a.name) [import]"]


def test_is_silent_where_a_call_has_imported_the_module_before(tmp_path: Path) -> None:
    main = "def load():\n    import app.b\nload()\nimport app.a\n"
    a, b = "import app.b\nname = 1\n", "value = 1\ndef f():\n    from app.a import name\n"
    assert cycles(tmp_path, main=main, a=a, b=b) == []


def test_takes_submodules_and_names_of_packages_as_python_does(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "from app.first import FIRST\nfrom app.second import SECOND\n",
        "app/first.py": "from app import second\nFIRST = 1\n",
        "app/second.py": "from app import FIRST, first\nSECOND = 1\n",
    }
    assert told(tmp_path, files, 'entry-points = ["app"]\n', select="SSOT114") == [
        "app/second.py: from app import FIRST, first [import]"
    ]


SETUP = """
def good():
    import app.b
def bad():
    import app.a
def setup():
    {setup}
setup()
"""


@pytest.mark.parametrize(
    ("setup", "found"),
    [
        ("import app.a", True),
        ("bad(); good()", True),
        ("good(); bad()", False),
        ("import app.b; import app.a", False),
        ("if print(): import app.a", False),
        ("if print(): bad()", False),
        ("if bad(): pass", True),
        ("for each in (bad(),): pass", True),
        ("for each in print(): bad()", False),
        ("try: bad()\n    finally: pass", True),
        ("if print(): return\n    bad()", False),
        ("try: import app.a\n    except Exception: pass", False),
    ],
)
def test_follows_the_imports_of_functions_in_the_order_of_the_calls(tmp_path: Path, setup: str, found: bool) -> None:
    modules = {"a": "import app.b\nname = 1\n", "b": "from app.a import name\n"}
    assert bool(cycles(tmp_path, main=SETUP.format(setup=setup), **modules)) is found


def test_what_a_script_calls_when_it_starts_is_sure(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "",
        "app/__main__.py": "def main():\n    import app.a\nif __name__ == '__main__':\n    main()\n",
        "app/a.py": "import app.b\nname = 1\n",
        "app/b.py": "from app.a import name\n",
    }
    assert told(tmp_path, files, select="SSOT114") == ["app/b.py: from app.a import name [startup]"]


def test_shows_the_chain_of_the_start_that_fails(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "",
        "app/__main__.py": "import app.s\n",
        "app/sub/__init__.py": "",
        "app/sub/__main__.py": "def run():\n    import app.sub.first\nrun()\n",
        "app/sub/first.py": "import app.d\n",
        "app/s.py": "from app.d import get\n",
        "app/d.py": "import app.s\n\n\ndef get(): ...\n",
    }
    (found,) = findings(tmp_path, files, select="SSOT114")
    assert [hop.callee for hop in found.chain] == ["app.sub.__main__.run", "app.sub.first", "app.d", "app.s"]
    assert found.entry is not None
    assert found.entry.path == "app/sub/__main__.py"


@pytest.mark.parametrize(("handed", "found"), [("logger.addFilter(Filter())", False), ("Filter().filter(None)", True)])
def test_what_a_library_is_handed_it_may_call_later(tmp_path: Path, handed: str, found: bool) -> None:
    code = f"""
import logging
class Filter(logging.Filter):
    def filter(self, record):
        import app.a
def make():
    logger = logging.getLogger()
    {handed}
make()
name = 1
"""
    assert bool(cycles(tmp_path, main=code, a="from app.main import name\n")) is found


LAZY = """
from contextlib import asynccontextmanager
from fastapi import FastAPI

class Orchestrator:
    def __init__(self, app): self.app = app

    async def run(self):
        for name, step in [("first", self.first), ("second", self.second)]:
            try:
                await step()
            except Exception as error:
                raise RuntimeError(name) from error

    async def first(self):
        {first}

    async def second(self):
        {second}

@asynccontextmanager
async def lifespan(app):
    await Orchestrator(app).run()
    yield

app = FastAPI(lifespan=lifespan)
"""


def started(root: Path, first: str, second: str, a: str, b: str) -> list[str]:
    return cycles(root, main=LAZY.format(first=first, second=second), a=a, b=b)


def test_follows_what_the_functions_of_a_start_import(tmp_path: Path) -> None:
    a, b = "from app.b import other\nname = 1\n", "from app.a import name\nother = 1\n"
    assert started(tmp_path, "pass", "from app.a import name", a, b) == ["app/b.py: from app.a import name [startup]"]
    assert started(tmp_path, "import app.b", "pass", a, b) == ["app/a.py: from app.b import other [startup]"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("import app.b", "from app.a import name"),  # by then all is there
        ("if self.app: import app.b", "from app.a import name"),  # it may be
        ("pass", "if self.app: from app.a import name"),
        ("return", "pass\n        return\n        import app.a"),
    ],
)
def test_knows_in_which_order_a_start_imports(tmp_path: Path, first: str, second: str) -> None:
    assert started(tmp_path, first, second, "import app.b\nname = 1\n", "from app.a import name\n") == []


@pytest.mark.parametrize(
    ("connect", "reported"), [("celery.on_after_configure.connect", 0), ("FastAPI().on_event('startup')", 1)]
)
def test_knows_no_order_of_what_a_worker_loads_before_its_signals(tmp_path: Path, connect: str, reported: int) -> None:
    main = f"""
from celery import Celery
from fastapi import FastAPI
celery = Celery("app")
@{connect}
def watch(*sender, **how):
    from app.a import name
"""
    assert (
        len(cycles(tmp_path, main=main, a="from app.b import other\nname = 1\n", b="from app.a import name\n"))
        == reported
    )


def test_tells_of_all_names_of_an_import_at_once(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "",
        "app/main.py": "import app.a\n",
        "app/a.py": "import app.b\none = two = object\n",
        "app/b.py": "from app.a import one, two\n",
    }
    (found,) = findings(tmp_path, files, STARTS, select="SSOT114")
    words = "`one` and `two` are imported from `app.a` while that is half initialised"
    assert (found.violation.level, found.violation.message) == ("error", words)


def test_a_start_that_no_entry_point_makes_is_a_warning(tmp_path: Path) -> None:
    files = {
        "app/__init__.py": "",
        "app/main.py": "import app.b\n",
        "app/a.py": "import app.b\none = object\n",
        "app/b.py": "from app.a import one\n",
    }
    assert findings(tmp_path, files, STARTS, select="SSOT114") == []
    (found,) = findings(tmp_path, files, STARTS, select="SSOT114", all_phases=True)
    assert found.violation.level == "warning"


@pytest.mark.parametrize(
    ("groups", "level"),
    [
        ("[shop.plugins]\na = app.a:A\n", "warning"),
        ("[console_scripts]\na = app.a:run\n", "error"),
        ("[shop.plugins]\na = app.a:run\n\n[console_scripts]\na = app.a:run\n", "error"),
        ("[shop.plugins]\na = app.a:A\n\n[console_scripts]\na = app.a:run\n", "error"),
    ],
)
def test_what_loads_a_plug_in_may_have_imported_more_before(tmp_path: Path, groups: str, level: str) -> None:
    files = {
        "app/__init__.py": "",
        "app/a.py": "import app.b\nname = object\nclass A: pass\ndef run(): pass\n",
        "app/b.py": "from app.a import name\n",
        "app-1.0.dist-info/entry_points.txt": groups,
    }
    (finding,) = findings(tmp_path, files, select="SSOT114")
    assert finding.violation.level == level


LATER = "import threading\ndef load():\n    import app.a\nthreading.Thread(target=load).start()\n"
PERHAPS = "from outside import ready\ndef load():\n    if ready():\n        import app.a\nload()\n"


@pytest.mark.parametrize(
    ("main", "found"),
    [
        (f"{LATER}import app.a\n", True),  # whether or not the thread has imported it
        (f"{LATER}import app.b\n", False),  # not where it has
        (f"{PERHAPS}import app.a\n", False),  # who knows what else is imported, and when
    ],
)
def test_a_thread_that_may_import_first_matters_only_where_the_order_does(
    tmp_path: Path, main: str, found: bool
) -> None:
    a = "import app.b\nname = 1\n"
    b = "import app.a\nother = 1\n" if "import app.b" in main else "import app.a\nprint(app.a.name)\n"
    a = "from app.b import other\nname = 1\n" if "import app.b" in main else a
    expected = ["app/b.py: print(app.a.name) [import]"] if found else []
    assert cycles(tmp_path, main=main, a=a, b=b) == expected


@pytest.mark.parametrize(
    ("getter", "found"),
    [
        ("if name == 'lazy':\n        return print\n    raise AttributeError(name)", True),
        ("if name in ('lazy', 'other'):\n        return print\n    raise AttributeError(name)", True),
        ("if name in _LAZY:\n        return _LAZY[name]\n    raise AttributeError(name)", True),
        ("if name == 'name':\n        return print\n    raise AttributeError(name)", False),
        ("if name == 'lazy':\n        return print\n    return globals()[name]", False),
        ("if name.startswith('l'):\n        return print\n    raise AttributeError(name)", False),
        ("return _LAZY.get(name)", False),
    ],
)
def test_a_module_s_getter_may_give_what_is_not_bound_yet(tmp_path: Path, getter: str, found: bool) -> None:
    a = f"_LAZY = {{'lazy': print}}\ndef __getattr__(name):\n    {getter}\nimport app.b\nname = 1\n"
    expected = ["app/b.py: from app.a import name [import]"] if found else []
    assert cycles(tmp_path, main="import app.a\n", a=a, b="from app.a import name\n") == expected


@pytest.mark.parametrize("made", ["Celery", "Own"])
def test_what_celery_includes_is_for_its_workers_to_import(tmp_path: Path, made: str) -> None:
    main = f"""
from celery import Celery
class Own(Celery):
    def __init__(self, *args, **kwargs): super().__init__(*args, **kwargs)
def make():
    return {made}("x", include=["app.tasks"])
celery = make()
"""
    assert not cycles(tmp_path, main=main, tasks="from app.main import celery\n@celery.task\ndef work(): pass\n")


def test_a_package_without_init_has_no_steps(tmp_path: Path) -> None:
    files = {
        "jobs/nightly.py": "from jobs.steps import run\nname = 1\n",
        "jobs/steps.py": "from jobs.nightly import name",
    }
    assert told(tmp_path, files, 'entry-points = ["jobs.nightly"]\n', select="SSOT114") == [
        "jobs/steps.py: from jobs.nightly import name [import]"
    ]


@pytest.mark.parametrize(
    ("main", "reported"),
    [
        ("from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\nimport app.a", 0),
        ("import django\ndef begin():\n    django.setup()\nbegin()\nimport app.a", 0),
        ("from django.core.wsgi import get_wsgi_application\nimport app.a\napplication = get_wsgi_application()", 1),
    ],
)
def test_what_django_has_imported_when_it_is_set_up_is_not_known(tmp_path: Path, main: str, reported: int) -> None:
    found = cycles(tmp_path, main=main, a="import app.b\nname = 1\n", b="from app.a import name\n")
    assert len(found) == reported
