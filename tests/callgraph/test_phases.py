"""When functions run. What the models of libraries say of it is held to in `test_models`."""

from __future__ import annotations

from tests.callgraph.phases import phases
from tests.callgraph.small import graph_of


def test_the_earliest_phase_wins_for_a_function_of_several() -> None:
    text = """
import atexit
def shared(): pass
def at_the_end():
    shared()
    last()
def last(): pass
atexit.register(at_the_end)
shared()
"""
    assert phases(graph_of(text)) == {"app": "import", "at_the_end": "shutdown", "last": "shutdown", "shared": "import"}


def test_a_callback_never_runs_before_what_hands_it_over() -> None:
    text = """
import atexit, threading
def startup(): pass
def end():
    threading.Thread(target=startup).start()
atexit.register(end)
"""
    assert phases(graph_of(text))["startup"] == "shutdown"


def test_what_stands_behind_the_yield_of_a_lifespan_runs_at_shutdown_however_deep_the_call() -> None:
    text = """
from contextlib import asynccontextmanager
from fastapi import FastAPI
def connect(): session()
def session(): pass
def close(): flush()
def flush(): both()
def both(): pass
@asynccontextmanager
async def lifespan(app):
    connect()
    try:
        yield
    finally:
        close()
app = FastAPI(lifespan=lifespan)
"""
    found = phases(graph_of(text))
    assert {name: found[name] for name in ("connect", "session", "close", "flush", "both")} == {
        "connect": "startup", "session": "startup", "close": "shutdown", "flush": "shutdown", "both": "shutdown",
    }  # fmt: skip


def test_a_function_of_both_halves_runs_at_startup() -> None:
    text = """
from contextlib import asynccontextmanager
from fastapi import FastAPI
def log(): pass
@asynccontextmanager
async def lifespan(app):
    log()
    yield
    log()
app = FastAPI(lifespan=lifespan)
"""
    assert phases(graph_of(text))["log"] == "startup"


def test_a_context_manager_of_ones_own_runs_where_it_is_entered_and_left() -> None:
    text = """
from contextlib import contextmanager
def opened(): pass
def closed(): pass
@contextmanager
def resource():
    opened()
    yield
    closed()
with resource():
    pass
"""
    found = phases(graph_of(text))
    assert (found["opened"], found["closed"]) == ("import", "import")


def test_a_plain_generator_runs_to_its_end() -> None:
    text = "def after(): pass\ndef numbers():\n    yield 1\n    after()\nfor number in numbers():\n    pass"
    assert phases(graph_of(text))["after"] == "import"


def test_a_registered_function_does_not_run_where_it_is_registered() -> None:
    text = """
from fastapi import FastAPI
app = FastAPI()
def query(): pass
@app.get("/")
def index():
    query()
"""
    found = phases(graph_of(text))
    assert (found["index"], found["query"]) == ("request", "request")


def test_a_function_that_is_also_called_runs_then_too() -> None:
    text = """
from fastapi import FastAPI
app = FastAPI()
@app.get("/")
def index(): pass
@app.on_event("startup")
def warm():
    index()
"""
    assert phases(graph_of(text))["index"] == "startup"


def test_an_entry_point_gives_its_own_phase_and_its_module_the_import() -> None:
    text = "def boot(): pass\ndef serve(): work()\ndef work(): pass\nboot()"
    found = phases(graph_of(text, "serve"))
    assert found == {"app": "import", "boot": "import", "serve": "request", "work": "request"}


def test_a_command_that_makes_an_application_starts_it() -> None:
    text = """
from contextlib import asynccontextmanager
from fastapi import FastAPI

def wake(): pass
def sleep(): pass

@asynccontextmanager
async def lifespan(app):
    wake()
    yield
    sleep()

def serve():
    return FastAPI(lifespan=lifespan)
"""
    graph = graph_of({"app": text}, "serve")
    assert phases(graph)["wake"] == "startup"
    assert phases(graph)["sleep"] == "shutdown"


def test_what_runs_at_import_does_not_see_what_a_later_phase_writes() -> None:
    text = """
from contextlib import asynccontextmanager
from fastapi import FastAPI
backend = None
class Remote:
    def get(self): pass
def setting():
    if backend:
        return backend.get()
setting()
@asynccontextmanager
async def lifespan(app):
    global backend
    backend = Remote()
    yield
app = FastAPI(lifespan=lifespan)
@app.get("/")
def page():
    setting()
"""
    assert phases(graph_of(text))["get"] == "request"


def test_what_a_library_calls_later_still_tells_what_a_parameter_is() -> None:
    text = """
from fastapi import Depends, FastAPI
app = FastAPI()
class User:
    def name(self): pass
def current():
    return User()
@app.get("/")
def page(user=Depends(current)):
    user.name()
"""
    assert phases(graph_of(text))["name"] == "request"


def test_what_ran_and_then_escapes_still_runs_again_when_what_it_reads_grows() -> None:
    text = """
import outside
from fastapi import FastAPI
app = FastAPI()
backend = None
class Remote:
    def get(self): pass
def work():
    if backend:
        backend.get()
@app.get("/")
def page():
    work()
    outside.keep(work)
    connect()
def connect():
    global backend
    backend = Remote()
"""
    assert phases(graph_of(text)).get("get") == "request"
