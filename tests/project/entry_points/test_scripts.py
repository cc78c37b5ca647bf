"""Declared commands, `__main__` modules, and scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_lint.project.entry_points import FoundEntryPoints

Find = Callable[[dict[str, str]], FoundEntryPoints]
GUARD = 'if __name__ == "__main__":\n    main()\n'


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("pyproject.toml", '[project.scripts]\nrun = "app.cli:main"\n', 2),
        ("pyproject.toml", '[project.gui-scripts]\nrun = "app.cli:main [extra]"\n', 2),
        ("pyproject.toml", '[tool.poetry.scripts]\nrun = {callable = "app.cli:main"}\n', 2),
        ("pyproject.toml", '[tool.poetry.scripts]\nrun = {reference = "app.cli:main", type = "console"}\n', 2),
        ("setup.cfg", "[options.entry_points]\nconsole_scripts =\n    run = app.cli:main\n", 3),
        ("setup.py", "setup(\n    entry_points={'console_scripts': ['run=app.cli:main']},\n)\n", 2),
        ("setup.py", "setup(entry_points='''\n[console_scripts]\nrun = app.cli:main\n''')\n", 3),
    ],
)
def test_declared_command(entry_points: Find, path: str, text: str, line: int) -> None:
    found = entry_points({"app/__init__.py": "", "app/cli.py": "def main(): ...", path: text})
    (point,) = found.entry_points
    assert (point.spec, point.kind, point.phase) == ("app.cli:main", "script", "request")
    assert (point.path, point.line, point.reason) == (path, line, "command `run`")


def test_declared_plugins(entry_points: Find) -> None:
    text = '[project.entry-points."x.plugins"]\none = "app.plug:load"\ntwo = "app.plug:Plugin"\nthree = "app.other"\n'
    files = {"app/__init__.py": "", "app/plug.py": "def load(): ...\nclass Plugin: ...", "app/other.py": ""}
    found = entry_points({**files, "pyproject.toml": text})
    assert [(p.spec, p.phase) for p in found.entry_points] == [
        ("app.other", "import"),
        ("app.plug", "import"),
        ("app.plug:load", "request"),
    ]


def test_declarations_of_an_unpacked_wheel(entry_points: Find) -> None:
    text = "[console_scripts]\nRun = app.cli:main\n\n[x.plugins]\none:two = app.cli:Plugin\n"
    files = {"app/__init__.py": "", "app/cli.py": "def main(): ...\nclass Plugin: ..."}
    found = entry_points({**files, "app-1.0.dist-info/METADATA": "", "app-1.0.dist-info/entry_points.txt": text})
    assert [(p.spec, p.phase, p.path, p.line, p.reason) for p in found.entry_points] == [
        ("app.cli", "import", "app-1.0.dist-info/entry_points.txt", 5, "plug-in `one:two` of `x.plugins`"),
        ("app.cli:main", "request", "app-1.0.dist-info/entry_points.txt", 2, "command `Run`"),
    ]


@pytest.mark.parametrize("other", ["vendored/app-1.0.dist-info", "app-1.0.dist-info"])
def test_what_is_installed_into_a_project_starts_nothing(entry_points: Find, other: str) -> None:
    files = {"app/__init__.py": "", "app/cli.py": "def main(): ...", "library-2.0.dist-info/METADATA": ""}
    assert entry_points({**files, f"{other}/entry_points.txt": "[console_scripts]\nrun = app.cli:main\n"}).is_stand_in


def test_factories_of_paste_run_before_the_application_serves(entry_points: Find) -> None:
    text = "[options.entry_points]\npaste.app_factory =\n    main = app.web:make\n"
    found = entry_points({"app/__init__.py": "", "app/web.py": "def make(settings, **local): ...", "setup.cfg": text})
    (point,) = found.entry_points
    assert (point.spec, point.kind, point.phase, point.line) == ("app.web:make", "wsgi", "startup", 3)
    assert point.reason == "plug-in `main` of `paste.app_factory`"


def test_a_setup_file_of_one_long_word_is_read_at_once(entry_points: Find) -> None:
    assert entry_points({"app/__init__.py": "", "setup.py": "entry_points" + "a" * 500_000}).is_stand_in


def test_declared_command_outside_the_project_is_none(entry_points: Find) -> None:
    text = '[project.scripts]\nrun = "elsewhere.cli:main"\n'
    assert entry_points({"app/__init__.py": "", "pyproject.toml": text}).is_stand_in


def test_main_modules_always_count(entry_points: Find) -> None:
    found = entry_points({"app/__init__.py": "", "app/__main__.py": "print()", "tests/x/__main__.py": ""})
    assert [(p.spec, p.kind, p.phase, p.as_main) for p in found.entry_points] == [
        ("app.__main__", "main", "import", True)
    ]


def test_guards_count_where_programs_are_started(entry_points: Find) -> None:
    found = entry_points(
        {
            "run.py": f"import app\n\n{GUARD}",
            "setup.py": GUARD,
            "noguard.py": "'__main__'",
            "app/__init__.py": "",
            "app/deep.py": GUARD,
            "svc/Dockerfile": "FROM x",
            "svc/serve.py": GUARD.replace('"', "'"),
            "tests/run.py": GUARD,
        }
    )
    assert [(p.spec, p.line, p.as_main) for p in found.entry_points] == [("run", 3, True), ("svc.serve", 1, True)]


@pytest.mark.parametrize(
    "source",
    [
        f"import click\n@click.command()\n@click.option('--x')\ndef main(x): ...\n{GUARD}",
        f"from click import group\n@group\ndef main(): ...\n{GUARD}",
        f"import typer\nmain = typer.Typer()\n{GUARD}",
        "import typer\ndef main(): ...\nif __name__ == '__main__':\n    typer.run(main)\n",
    ],
)
def test_click_and_typer_programs_count_anywhere(entry_points: Find, source: str) -> None:
    (point,) = entry_points({"app/__init__.py": "", "app/tool.py": source}).entry_points
    assert (point.spec, point.kind, point.as_main) == ("app.tool", "cli", True)


def test_reasons_of_one_entry_point_are_merged(entry_points: Find) -> None:
    found = entry_points(
        {"app.py": "from flask import Flask\n\napp = Flask('x')\n", "Procfile": "web: gunicorn app:app\n"},
    )
    (point,) = found.entry_points
    assert (point.path, point.line) == ("app.py", 3)
    assert point.reason == "Flask application `app`; `gunicorn app:app` in Procfile"


ARGPARSE = """
import argparse
from app.web import serve
def migrate(args): ...
def main():
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers()
    commands.add_parser("serve").set_defaults(func=serve)
    commands.add_parser("migrate").set_defaults(func=migrate)
    args = parser.parse_args()
    args.func(args)
"""
SERVE = "import uvicorn\ndef serve(args):\n    boot()\ndef boot():\n    uvicorn.run(make(), port=80)\n"


@pytest.mark.parametrize(
    ("cli", "points"),
    [
        ("from app.web import serve\ndef main(): serve(None)\n", [("app.cli:main", "startup")]),
        ("import app.web\ndef main(): app.web.boot()\n", [("app.cli:main", "startup")]),
        ("from app.web import serve\ndef main(): print(serve)\n", [("app.cli:main", "request")]),
        (ARGPARSE, [("app.cli:main", "startup"), ("app.web:serve", "startup")]),
    ],
)
def test_a_command_that_serves_is_a_start(entry_points: Find, cli: str, points: list[tuple[str, str]]) -> None:
    declared = '[project.scripts]\nrun = "app.cli:main"\n'
    files = {"app/__init__.py": "", "app/cli.py": cli, "app/web.py": SERVE, "pyproject.toml": declared}
    assert [(point.spec, point.phase) for point in entry_points(files).entry_points] == points


CLICK = """
import asyncio
import click
from app.web import serve
def main():
    @click.group()
    def cli(): ...
    @cli.command()
    def run():
        async def start(): serve(None)
        asyncio.run(start())
    @cli.command()
    def show(): print("here")
    cli()
"""
TYPER = """
import typer
from app import web
app = typer.Typer()
@app.command("serve")
def serving(port: int = 80): web.boot()
@app.command()
def show(): print("here")
@app.callback()
def main(): ...
"""


@pytest.mark.parametrize(
    ("cli", "script", "points"),
    [
        (CLICK, "main", [("app.cli:main", "startup"), ("app.cli:main.run", "startup")]),
        (TYPER, "app", [("app.cli:app", "request"), ("app.cli:serving", "startup")]),
        (TYPER.replace("web.boot()", "..."), "app", [("app.cli:app", "request")]),
    ],
)
def test_a_command_of_click_that_serves_is_a_start(
    entry_points: Find, cli: str, script: str, points: list[tuple[str, str]]
) -> None:
    declared = f'[project.scripts]\nrun = "app.cli:{script}"\n'
    files = {"app/__init__.py": "", "app/cli.py": cli, "app/web.py": SERVE, "pyproject.toml": declared}
    assert sorted((point.spec, point.phase) for point in entry_points(files).entry_points) == points


def test_where_an_application_is_found_no_command_need_be_a_start(entry_points: Find) -> None:
    files = {
        "app/__init__.py": "",
        "app/cli.py": TYPER,
        "app/web.py": SERVE,
        "app/main.py": "from fastapi import FastAPI\napp = FastAPI()\n",
    }
    assert [(point.spec, point.kind) for point in entry_points(files).entry_points] == [("app.main", "asgi")]
