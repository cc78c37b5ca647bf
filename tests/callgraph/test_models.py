from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.callgraph.bounds import Bounds
from ssot_lint.callgraph.model_files import expand, load_models
from ssot_lint.errors import ConfigurationError
from tests.callgraph import small
from tests.callgraph.phases import expected, graph_of, phases
from tests.callgraph.programs.django import DJANGO
from tests.callgraph.programs.others import OTHERS
from tests.callgraph.programs.standard_library import STANDARD_LIBRARY
from tests.callgraph.programs.web import WEB

MODELS = load_models()
PROGRAMS = WEB | DJANGO | STANDARD_LIBRARY | OTHERS


@pytest.mark.parametrize("program", PROGRAMS)
def test_reaches_what_libraries_call(program: str) -> None:
    text = PROGRAMS[program]
    wanted = expected(text)
    assert wanted
    reached = phases(graph_of({"app": text}, MODELS))
    assert {name: reached.get(name, "unreached") for name in wanted} == wanted


EXAMPLE = re.search(
    r"```toml\nlibrary.*?```", (Path(__file__).parents[2] / "docs/models.md").read_text("utf-8"), re.DOTALL
)

USES_THE_EXAMPLE = """
from ours import AsyncService, Context, Handler, in_thread
from ours.app import Service

def started(service):  # startup
    @service.job
    def added():  # startup
        pass
service = Service(on_start=started)
again = AsyncService(on_start=started)

@again.on("topic")
def handle(context: Context):  # request
    @context.service.job
    def inner():  # request
        pass
class Made:
    def use(self):  # import
        pass
def make(one, *, key):  # import
    return Made()
in_thread(make, 1, key=2).use()
class Mine(Handler):
    def __init__(self):  # startup
        pass
    def on_topic(self):  # request
        self.helper()
    def helper(self):  # request
        pass
    def other(self):  # unreached
        pass
"""


def own(directory: Path, text: str) -> Path:
    file = directory / "own.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_example_of_the_documentation_does_what_it_says(tmp_path: Path) -> None:
    assert EXAMPLE is not None
    models = load_models([own(tmp_path, EXAMPLE[0].removeprefix("```toml").removesuffix("```"))])
    wanted = expected(USES_THE_EXAMPLE)
    reached = phases(graph_of({"app": USES_THE_EXAMPLE}, models))
    assert {name: reached.get(name, "unreached") for name in wanted} == {**wanted, "added": "request"}


def test_the_models_of_a_project_win_over_the_shipped_ones(tmp_path: Path) -> None:
    text = "import atexit\ndef stop():\n    pass\natexit.register(stop)\n"
    mine = own(tmp_path, 'library = "x"\n[[call]]\npath = "atexit.register"\ncalls = [{ argument = 0 }]\n')
    assert phases(graph_of({"app": text}, load_models()))["stop"] == "shutdown"
    assert phases(graph_of({"app": text}, load_models([mine])))["stop"] == "import"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[call]]\npath = 'a'\nreturn = '0'", "4: unknown key `return` in `call[0]`; did you mean `returns`?"),
        ("[[call]]\npath = 'a'\nreturns = '0|resutl'", '2: "resutl" is no source'),
        ("[[call]]\npath = 'a'\ncalls = [{ argument = 0, phase = 'later' }]", '4: "later" is no phase'),
        ("[[call]]\npath = 'a'\ndecorates = 'requst'", "4: `requst` can't stand in `call[0].decorates`"),
        ("[[class]]\npath = 'a'", "2: the key `calls` is missing in `class[0]`"),
    ],
)
def test_says_what_is_wrong_with_a_model(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(message)):
        load_models([own(tmp_path, "library = 'x'\n" + text)])


def test_an_import_by_name_runs_the_module() -> None:
    modules = {
        "app": "import uvicorn\nuvicorn.run('web.main:app')\n",
        "web.main": "def start():\n    pass\nstart()\n",
    }
    assert phases(graph_of(modules, MODELS)) == {"app": "import", "main": "import", "start": "import"}


NAMES = st.lists(st.from_regex(r"[a-z]+", fullmatch=True), min_size=1, max_size=3)


@given(NAMES, NAMES)
def test_braces_stand_for_each_of_their_names(one: list[str], two: list[str]) -> None:
    path = f"lib.{{{','.join(one)}}}.call.{{{','.join(two)}}}()"
    assert list(expand(path)) == [f"lib.{a}.call.{b}()" for a, b in product(one, two)]


LOGS = """
import logging
class Plain(logging.Formatter):
    def formatMessage(self, record): pass
class Whole(logging.Formatter):
    def format(self, record): super().format(record)
    def formatTime(self, record): pass
class Kept(logging.Handler):
    def emit(self, record): pass
def work(): logging.getLogger("app").warning("working")
"""


def test_who_logs_may_run_what_is_below_the_classes_of_logging() -> None:
    calls = {
        (site.node.symbol, site.call.target): site.call.certainty
        for site in small.graph_of(LOGS, "work").call_sites()
        if site.call.callee is not None
    }
    for target in ("Plain.formatMessage", "Whole.format", "Kept.emit"):
        assert calls["app.work", f"app.{target}"] == "possible"
    assert ("app.work", "app.Whole.formatTime") not in calls
    assert calls["app.Whole.format", "app.Whole.formatTime"] == "likely"


def test_what_may_be_below_is_a_guess() -> None:
    graph = small.graph_of(LOGS, "work", bounds=Bounds(guesses=False))
    assert not [site for site in graph.call_sites() if site.node.symbol == "app.work" and site.call.callee]
