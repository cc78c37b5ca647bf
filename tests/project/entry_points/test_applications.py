"""ASGI, WSGI and Celery applications: made in a module, by a subclass, by a factory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_lint.facts.model import ModuleFacts, Unreadable
from ssot_lint.project.discover import discover
from ssot_lint.project.entry_points import FoundEntryPoints, Library, find_entry_points
from ssot_lint.project.model import EntryPoint, Project

Find = Callable[[dict[str, str]], FoundEntryPoints]


def short(found: FoundEntryPoints) -> list[tuple[str, str, str]]:
    """Spec, kind and phase of what was found."""
    return [(point.spec, point.kind, point.phase) for point in found.entry_points]


@pytest.mark.parametrize(
    "source",
    [
        "from fastapi import FastAPI\napp = FastAPI()",
        "import fastapi\napp: fastapi.FastAPI = fastapi.FastAPI(title='x')",
        "import fastapi as f\nif True:\n    app = f.FastAPI()",
        "from fastapi import FastAPI as API\ntry:\n    application = API()\nexcept Exception:\n    raise",
        "from starlette.applications import Starlette\napp = Starlette()",
        "from fastapi import FastAPI\nfrom x import Wrapper\napp = Wrapper(FastAPI())",
        "from fastapi import FastAPI\nclass App(FastAPI): pass\napp = App()",
    ],
)
def test_module_that_makes_an_asgi_application(entry_points: Find, source: str) -> None:
    found = entry_points({"svc/__init__.py": "", "svc/web.py": source})
    assert short(found) == [("svc.web", "asgi", "import")]
    assert not found.is_stand_in


@pytest.mark.parametrize(
    "before",
    [
        '"""`app = FastAPI()`."""\n\n\napp = None\n',
        "async def lifespan(app):\n    app.state.pool = connect()\n    yield\n\n",
        "def make():\n    app = FastAPI()\n    return app\n\n",
        "def fill(app):\n    app['pool'] = connect()\n\n\n",
    ],
)
def test_entry_point_is_shown_where_the_application_is_made(entry_points: Find, before: str) -> None:
    found = entry_points({"web.py": f"from fastapi import FastAPI\n{before}app = FastAPI()\n"})
    (point,) = (each for each in found.entry_points if each.spec == "web")
    assert point == EntryPoint("web", "asgi", "import", "web.py", 6, "FastAPI application `app`")


def test_subclass_and_factory_are_followed_through_the_project(entry_points: Find) -> None:
    found = entry_points(
        {
            "core/__init__.py": "from .factory import make as make_app",
            "core/base.py": "from fastapi import FastAPI\nclass Service(FastAPI):\n    pass",
            "core/factory.py": "from core.base import Service\ndef make():\n    app = Service()\n    return app",
            "main.py": "from core import make_app\napp = make_app()",
        }
    )
    assert short(found) == [("main", "asgi", "import")]


def test_factory_that_nothing_calls_is_one(entry_points: Find) -> None:
    source = (
        "from flask import Flask\ndef _part():\n    return Flask('x')\ndef create_app(config=None):\n    return _part()"
    )
    found = entry_points({"web/__init__.py": source, "tests/test_web.py": "from web import create_app\ncreate_app()"})
    assert short(found) == [("web:create_app", "wsgi", "startup")]


def test_factory_that_a_script_calls_is_reached_from_there(entry_points: Find) -> None:
    found = entry_points(
        {
            "web.py": "from x import cache\nfrom fastapi import FastAPI\n@cache\ndef create_app(): return FastAPI()",
            "cli.py": "import web\ndef main():\n    run(web.create_app())",
            "pyproject.toml": '[project.scripts]\nserve = "cli:main"',
        }
    )
    assert short(found) == [("cli:main", "script", "request")]


@pytest.mark.parametrize(
    "source",
    [
        "from fastapi import FastAPI\ndef f(app: FastAPI): return app",
        "from fastapi import APIRouter\nFastAPI = APIRouter\nrouter = APIRouter()",
        "class FastAPI: pass\napp = FastAPI()",
        "from fastapi import FastAPI\ndef app():\n    yield FastAPI()",
        "import pytest\nfrom fastapi import FastAPI\n@pytest.fixture\ndef app():\n    return FastAPI()",
        "# FastAPI() from fastapi import FastAPI",
    ],
)
def test_what_only_looks_like_an_application(entry_points: Find, source: str) -> None:
    assert entry_points({"svc/__init__.py": "", "svc/web.py": source}).is_stand_in


@pytest.mark.parametrize(
    "path", ["tests/app.py", "svc/test_app.py", "docs/tutorial/app.py", "svc/conftest.py", "svc/test.py"]
)
def test_tests_and_documentation_start_nothing(entry_points: Find, path: str) -> None:
    found = entry_points({path: "from fastapi import FastAPI\napp = FastAPI()", "svc/__init__.py": ""})
    assert short(found) == [("svc", "module", "import")]


def test_celery_application_and_its_tasks(entry_points: Find) -> None:
    found = entry_points(
        {
            "work/__init__.py": "",
            "work/app.py": "from celery import Celery\napp = Celery('w', include=['work.mail', 'elsewhere'])\n"
            "app.conf.imports = ('work.bills',)\napp.autodiscover_tasks(['work.jobs'])\n",
            "work/mail.py": "",
            "work/bills.py": "",
            "work/jobs/__init__.py": "",
            "work/jobs/tasks.py": "",
        }
    )
    assert short(found) == [(f"work.{name}", "celery", "import") for name in ("app", "bills", "jobs.tasks", "mail")]


def test_celery_that_discovers_tasks_everywhere(entry_points: Find) -> None:
    found = entry_points(
        {
            "a/celery.py": "import celery\napp = celery.Celery('a')\napp.autodiscover_tasks()",
            "a/tasks.py": "",
            "b/tasks.py": "",
        }
    )
    assert [spec for spec, _, _ in short(found)] == ["a.celery", "a.tasks", "b.tasks"]


def test_server_that_code_starts_by_name(entry_points: Find) -> None:
    found = entry_points(
        {
            "svc/__init__.py": "",
            "svc/serve.py": "def serve():\n    import uvicorn\n    uvicorn.run('svc.web:app')\n"
            "    uvicorn.run('svc.web:make')\n",
            "svc/web.py": "from somewhere import app\ndef make(x=1): return app",
        }
    )
    assert short(found) == [("svc.web", "asgi", "import"), ("svc.web:make", "asgi", "startup")]
    assert found.entry_points[0].reason == '`uvicorn.run("svc.web:app")` in svc.serve'
    assert [point.line for point in found.entry_points] == [3, 4]


def test_server_that_a_script_imports_when_it_starts(entry_points: Find) -> None:
    start = "    run('svc.web:make', factory=True)\n"
    found = entry_points(
        {
            "svc/__init__.py": "",
            "svc/web.py": "import svc.conf\ndef make():\n    app = svc.conf.make()\n    return app\n"
            f"if __name__ == '__main__':\n    from uvicorn import run\n{start}",
            "svc/conf.py": "",
        }
    )
    assert short(found) == [("svc.web:make", "asgi", "startup")]


class Recording:
    """A library that remembers which modules it was asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.asked: set[str] = set()

    def get(self, module: str) -> ModuleFacts | Unreadable | None:
        """The facts of a module."""
        self.asked.add(module)
        return self._library.get(module)


def test_only_files_that_may_matter_are_parsed(
    tree: Callable[[dict[str, str]], Path], library: Callable[[Project], Library]
) -> None:
    project = discover(
        tree(
            {
                "web.py": "from fastapi import FastAPI\napp = FastAPI()",
                "typed.py": "from fastapi import FastAPI\ndef f(app: FastAPI): ...",
                "other.py": "def App(): ...\nApp()",
            }
        )
    )
    recording = Recording(library(project))
    find_entry_points(project, recording)
    assert recording.asked == {"web"}


def test_module_that_cannot_be_parsed_is_passed_over(entry_points: Find) -> None:
    found = entry_points({"web.py": "from fastapi import FastAPI\napp = FastAPI(\n", "ok/__init__.py": ""})
    assert short(found) == [("ok", "module", "import")]


def test_stand_ins_where_nothing_is_found(entry_points: Find) -> None:
    assert short(entry_points({"a/__init__.py": "", "a/x.py": "", "setup.py": ""})) == [("a", "module", "import")]


def test_stand_ins_of_a_heap_of_modules(entry_points: Find) -> None:
    found = entry_points({"a.py": "", "b.py": "", "test_a.py": ""})
    assert short(found) == [("a", "module", "import"), ("b", "module", "import")]
    assert found.is_stand_in
