"""Command lines in Dockerfiles, Procfiles and compose files, and what they start."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.project.entry_points import FoundEntryPoints, shell

Find = Callable[[dict[str, str]], FoundEntryPoints]

TREE = {
    "app/__init__.py": "",
    "app/main.py": "def make(): ...",
    "app/worker/__init__.py": "",
    "app/worker/celery.py": "",
    "app/cli/__init__.py": "",
    "app/cli/__main__.py": "",
    "jobs/nightly.py": "",
    "start.sh": "#!/bin/sh\nset -e\n# uvicorn no.module:app\n"
    "python -m jobs.nightly &&\\\n  exec uvicorn app.main:app >/dev/null\n",
    "entry.sh": '#!/bin/sh\nexec "$@"\n',
}


def started(found: FoundEntryPoints) -> set[str]:
    """The specs of what command lines start; `*` marks those that are run as `__main__`."""
    points = [point for point in found.entry_points if "in Dockerfile" in point.reason or ".sh" in point.reason]
    return {point.spec + "*" * point.as_main for point in points}


@pytest.mark.parametrize(
    ("command", "specs"),
    [
        ('CMD ["uvicorn", "app.main:app", "--port", "80"]', {"app.main"}),
        ("CMD uvicorn --host 0.0.0.0 app.main:app", {"app.main"}),
        ("CMD uvicorn app.main:make --factory", {"app.main:make"}),
        ("CMD uvicorn app.main:make", {"app.main:make"}),
        ("CMD exec gunicorn -k uvicorn.workers.UvicornWorker -b 0.0.0.0:80 app.main:app", {"app.main"}),
        ("CMD gunicorn 'app.main:make()'", {"app.main:make"}),
        ("CMD hypercorn app.main:app", {"app.main"}),
        ("CMD daphne -b 0.0.0.0 app.main:app", {"app.main"}),
        ("CMD granian --interface asgi app.main:app", {"app.main"}),
        ("CMD fastapi run", {"app.main"}),
        ('CMD ["fastapi", "run", "app/main.py"]', {"app.main"}),
        ("CMD flask --app app.main run", {"app.main"}),
        ("CMD flask --app=app.main:make run", {"app.main:make"}),
        ("CMD celery -A app.worker worker -l info", {"app.worker.celery"}),
        ("CMD python -m app.cli serve", {"app.cli.__main__*"}),
        ("CMD python3.12 -u -X dev jobs/nightly.py --now", {"jobs.nightly*"}),
        ("CMD python /srv/code/jobs/nightly.py", {"jobs.nightly*"}),
        ("CMD python -m uvicorn app.main:app", {"app.main"}),
        ("CMD python -m debugpy --listen 0.0.0.0:5678 -m uvicorn app.main:app", {"app.main"}),
        ('CMD ["sh", "-c", "alembic upgrade head && uvicorn app.main:app --port ${PORT:-80}"]', {"app.main"}),
        ("CMD uvicorn ${MODULE:-app.main:app}", {"app.main"}),
        ("CMD A=1 B=2 poetry run uvicorn app.main:app", {"app.main"}),
        ("CMD uv run --no-sync uvicorn app.main:app", {"app.main"}),
        ('ENTRYPOINT ["dumb-init", "--"]\nCMD ["ddtrace-run", "uvicorn", "app.main:app"]', {"app.main"}),
        ('ENTRYPOINT ["uvicorn"]\nCMD ["app.main:app"]', {"app.main"}),
        ('ENTRYPOINT ["/entry.sh"]\nCMD ["uvicorn", "app.main:app"]', {"app.main"}),
        ("CMD opentelemetry-instrument --traces console uvicorn app.main:app", {"app.main"}),
        ("CMD bash -x ./start.sh", {"app.main", "jobs.nightly*"}),
        ('CMD ["/srv/start.sh"]', {"app.main", "jobs.nightly*"}),
        ('CMD ["./bin/start.sh"]', {"app.main", "jobs.nightly*"}),  # which the image copies there
        ("RUN uvicorn app.main:app", set()),
        ("CMD echo uvicorn app.main:app", set()),
        ("CMD uvicorn somewhere.else:app", set()),
        ("CMD nginx -g 'daemon off;'", set()),
        ("CMD uvicorn 'unbalanced", set()),
        ("CMD [1, 2]", set()),
        ("CMD", set()),
        pytest.param("CMD " + "[" * 100_000, set(), id="nested"),
    ],
)
def test_dockerfile(entry_points: Find, command: str, specs: set[str]) -> None:
    assert started(entry_points({**TREE, "Dockerfile": f"FROM python:3.12\nWORKDIR /srv\n{command}\n"})) == specs


def test_where_a_command_stands(entry_points: Find) -> None:
    found = entry_points({**TREE, "Dockerfile": 'FROM a\nRUN x \\\n  y\nCMD ["./start.sh"]\n'})
    (point,) = (point for point in found.entry_points if point.spec == "app.main")
    assert (point.path, point.line) == ("start.sh", 4)
    assert point.reason == "`uvicorn app.main:app` in start.sh"


def test_what_else_a_command_line_holds_is_not_shown(entry_points: Find) -> None:
    found = entry_points({**TREE, "Dockerfile": "CMD uvicorn app.main:app --ssl-keyfile-password hunter2"})
    assert "hunter2" not in repr(found)


def test_modules_are_looked_for_near_the_file(entry_points: Find) -> None:
    found = entry_points(
        {
            "one/Dockerfile": "CMD uvicorn main:app",
            "one/main.py": "from lib import x",
            "one/lib.py": "",
            "two/Dockerfile": "CMD uvicorn main:app",
            "two/main.py": "from lib import x",
            "two/lib.py": "",
        }
    )
    assert {point.spec for point in found.entry_points} == {"main", "two.main"}


def test_modules_are_found_by_a_unique_ending(entry_points: Find) -> None:
    found = entry_points(
        {"a/b/c/app/__init__.py": "", "main.py": "import a.b.c.app", "Procfile": "web: gunicorn c.app:x\n"}
    )
    assert [point.spec for point in found.entry_points] == ["a.b.c.app"]


def test_procfile(entry_points: Find) -> None:
    found = entry_points(
        {**TREE, "Procfile": "# web: none\nweb: gunicorn app.main:app\nworker: celery -A app.worker worker\n"}
    )
    lines = {point.spec: (point.kind, point.line) for point in found.entry_points if point.path == "Procfile"}
    assert lines == {"app.main": ("wsgi", 2), "app.worker.celery": ("celery", 3)}


def test_compose(entry_points: Find) -> None:
    compose = """\
services:
  web:
    build: ./backend
    command: uvicorn main:app
  worker:
    build: {context: backend}
    entrypoint: [python, -m]
    command:
      - jobs
  other:
    image: redis
"""
    found = entry_points({"docker-compose.prod.yml": compose, "backend/main.py": "", "backend/jobs.py": ""})
    assert [(p.spec, p.line, p.as_main) for p in found.entry_points] == [
        ("backend.jobs", 9, True),
        ("backend.main", 4, False),
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("docker-compose.yml", "services: [\n"),
        ("pyproject.toml", "[project.scripts\n"),
        ("pyproject.toml", "a = " + "[" * 5000),
        ("setup.cfg", "[options.entry_points\nx"),
    ],
)
def test_malformed_files_are_told_and_passed_over(entry_points: Find, path: str, text: str) -> None:
    found = entry_points({"app/__init__.py": "", path: text})
    (warning,) = found.warnings
    assert warning.startswith(f"{path}: ")
    assert found.is_stand_in


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("compose.yaml", "services: {a: null, b: [x], c: {command: null, build: {context: ../..}}}\n"),
        ("compose.yaml", "- just\n- a list\n"),
        ("Dockerfile", "\\\n\\\nnonsense\nCMD\n"),
        ("Procfile", ":::\nweb:\n"),
        ("pyproject.toml", '[project]\nscripts = "x"\n[tool]\npoetry = 3\n'),
        ("setup.cfg", "[options.entry_points]\nconsole_scripts =\n  nonsense\n"),
    ],
)
def test_files_of_another_shape_start_nothing(entry_points: Find, path: str, text: str) -> None:
    found = entry_points({"app/__init__.py": "", path: text})
    assert (found.is_stand_in, found.warnings) == (True, [])


def test_scripts_that_start_each_other_end(entry_points: Find) -> None:
    found = entry_points(
        {"a.sh": "./b.sh\n", "b.sh": "./a.sh\nuvicorn app:x\n", "app.py": "", "Dockerfile": "CMD ./a.sh\n"},
    )
    assert [point.spec for point in found.entry_points] == ["app"]


@given(st.text())
def test_any_text_is_split_without_an_error(text: str) -> None:
    for words, line in shell.commands(text):
        assert words
        assert 1 <= line <= len(text.splitlines())
