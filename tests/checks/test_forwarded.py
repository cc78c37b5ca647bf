"""What a wrapper is called with must fit what it passes that on to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, told

STARTS = 'entry-points = ["app:start"]\n'

CODE = """
import asyncio
import functools
from outside import something

def retrying(attempts=2):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for _ in range(attempts):
                try:
                    return function(*args, **kwargs)
                except OSError:
                    pass
        return wrapper
    return decorate

def logged(function):
    def wrapper(*args, **kwargs):
        print(function)
        return function(*args, **kwargs)
    return wrapper

def lenient(function):
    def wrapper(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except TypeError:
            return None
    return wrapper

def filling(function):
    def wrapper(*args, **kwargs):
        kwargs.setdefault("b", 1)
        return function(*args, **kwargs)
    return wrapper

def replacing(function):
    def wrapper(*args, **kwargs):
        args = something(args)
        return function(*args, **kwargs)
    return wrapper

def asking(function):
    def wrapper(*args, **kwargs):
        if kwargs:
            return function(*args, **kwargs)
    return wrapper

def filling_by_another(function):
    def wrapper(*args, **kwargs):
        something(kwargs)
        return function(*args, **kwargs)
    return wrapper

def filling_by_name(function):
    def wrapper(*args, **kwargs):
        something(options=kwargs)
        return function(*args, **kwargs)
    return wrapper

def fill(options):
    options.setdefault("b", 1)

def filling_by_own(function):
    def wrapper(*args, **kwargs):
        fill(kwargs)
        return function(*args, **kwargs)
    return wrapper

def filling_in_place(function):
    def wrapper(*args, **kwargs):
        kwargs["b"] = 1
        return function(*args, **kwargs)
    return wrapper

def look(args, options):
    for name, value in options.items():
        print(name, value)

def checking(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        names = dict(zip(["a", "b"], args[0:]))
        something(args)
        look(args, kwargs)
        print(names, kwargs, len(args))
        return function(*args, **kwargs)
    return wrapper

def traced(function):
    @functools.wraps(function)
    async def of_async(*args, **kwargs):
        return await function(*args, **kwargs)
    @functools.wraps(function)
    def of_plain(*args, **kwargs):
        return function(*args, **kwargs)
    if asyncio.iscoroutinefunction(function):
        return of_async
    return of_plain

class cached:
    def __init__(self, function):
        self.function = function
    def __call__(self, *args, **kwargs):
        return self.function(*args, **kwargs)

@retrying()
def again(a, b): pass
@logged
def told(a, b): pass
@retrying(3)
@logged
def both(a, b): pass
@lenient
def tried(a, b): pass
@filling
def filled(a, b): pass
@replacing
def replaced(a, b): pass
@asking
def asked(a, b): pass
@filling_by_another
def filled_by_another(a, b): pass
@filling_by_name
def filled_by_name(a, b): pass
@filling_by_own
def filled_by_own(a, b): pass
@filling_in_place
def filled_in_place(a, b): pass
@checking
def checked(a, b): pass
@checking
@traced
def checked_and_traced(a, b): pass
@traced
async def traced_later(a, b): pass
@cached
def kept(a, b): pass

class Cache:
    def __init__(self, *, size=1): pass
    @retrying()
    def connect(self, a, b): pass

def passing(*args, **kwargs):
    return Cache(*args, **kwargs)

async def later(*args):
    await told(*args)
"""


def bad(root: Path, call: str) -> list[str]:
    lines = "".join(f"    {line}\n" for line in call.splitlines())
    return told(root, {"app.py": f"{CODE}\ndef start(*given):\n{lines}"}, STARTS, select="SSOT112")


@pytest.mark.parametrize(
    "call",
    [
        "again()", "again(1)", "again(1, 2, 3)", "again(1, c=2)", "told(1)", "both(1)", "kept(1)", "Cache().connect(1)",
        "passing(1)", "checked(1)", "checked_and_traced(1)", "asyncio.run(traced_later(1, c=2))",
    ],
)  # fmt: skip
def test_reports_the_call_that_gives_what_does_not_fit(tmp_path: Path, call: str) -> None:
    assert bad(tmp_path, call) == [f"app.py: {call} [startup]"]


@pytest.mark.parametrize(
    "call",
    [
        "again(1, 2)", "again(1, b=2)", "told(*something())", "told(*given)", "tried(1)", "filled(1)", "replaced(1)",
        "asked(1)", "kept(1, b=2)",
        "filled_by_another(1)", "filled_by_name(1)", "filled_by_own(1)", "filled_in_place(1)", "checked(1, b=2)",
        "checked_and_traced(1, 2)", "asyncio.run(traced_later(1, b=2))",
        "Cache().connect(1, 2)", "passing()", "something(again)(1)",
        "try:\n    told(1)\nexcept TypeError:\n    pass",
    ],
)  # fmt: skip
def test_is_silent_where_it_fits_or_may(tmp_path: Path, call: str) -> None:
    assert bad(tmp_path, call) == []


def test_says_what_is_wrong(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, {"app.py": f"{CODE}\ndef start():\n    told(1)\n"}, STARTS)
    assert found.violation.message == "told() misses the required argument `b`"
    assert found.violation.target == "app.told"


LIBRARIES = """
import asyncio
from fastapi import FastAPI
class Timing:
    def __init__(self, app, header="x"): self.app = app
    async def __call__(self, scope, receive, send): pass
class Needing:
    def __init__(self, app, *, header): self.app = app
    async def __call__(self, scope, receive, send): pass
def work(a, b): pass
app = FastAPI()
@app.on_event("startup")
async def start(options=None):
    loop = asyncio.get_running_loop()
    CALL
"""


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ("app.add_middleware(Timing, head='y')", True),
        ("app.add_middleware(Needing)", True),
        ("await asyncio.to_thread(work, 1)", True),
        ("await loop.run_in_executor(None, work, 1)", True),
        ("app.add_middleware(Timing)", False),
        ("app.add_middleware(Timing, header='y')", False),
        ("app.add_middleware(Needing, header='y')", False),
        ("app.add_middleware(Needing, **options)", False),
        ("await asyncio.to_thread(work, 1, 2)", False),
        ("await anyio.to_thread.run_sync(work, 1, abandon_on_cancel=True)", False),  # the keyword is the library's
        ("await loop.run_in_executor(None, work, 1, 2)", False),
        ("app.add_api_route('/', work)", False),
    ],
)
def test_what_a_library_is_given_for_a_call_must_fit(tmp_path: Path, call: str, found: bool) -> None:
    code = LIBRARIES.replace("CALL", call)
    expected = [f"app.py: {call} [startup]"] if found else []
    assert told(tmp_path, {"app.py": code}, select="SSOT112") == expected
