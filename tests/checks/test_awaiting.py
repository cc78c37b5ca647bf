from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

CODE = """
import asyncio
import functools
import inspect
from contextlib import asynccontextmanager, contextmanager
import aiosqlite.context
from outside import traced

async def connect():
    return open("x")

def check():
    print("checked")

def count():
    return 1

def measured():
    return len("x")

def started():
    return connect()

async def number():
    return 1

def passed():
    return number()

def kept():
    found = number()
    return found

def held():
    found = Base()
    found.open()
    return found

def later_held():
    found = Later()
    return found

def either(given=None):
    found = given or "a"
    return found

def stub(): ...

def gone():
    raise NotImplementedError

async def numbers():
    yield 1

def plain_numbers():
    yield 1

async def pool():
    yield 1
pool = asynccontextmanager(pool)

@traced
def wrapped():
    print("x")

@contextmanager
def locked():
    yield 1

@asynccontextmanager
async def session():
    yield 1

def logged(function):
    @functools.wraps(function)
    async def wrapper(*args):
        return await function(*args)
    return wrapper

@logged
async def told():
    return 1

def checked(function):
    @functools.wraps(function)
    def wrapper(*args):
        for each in args:
            print(each)
        return function(*args)
    return wrapper

def traced_here(function):
    @functools.wraps(function)
    async def of_async(*args):
        return await function(*args)
    @functools.wraps(function)
    def of_plain(*args):
        return function(*args)
    return of_async if inspect.iscoroutinefunction(function) else of_plain

@checked
@traced_here
async def twice():
    return 1

@checked
@traced_here
def twice_plain():
    return [1]

def perhaps(given):
    if given:
        return connect()
    return [1]

@aiosqlite.context.contextmanager
async def rows():
    return 1

class Service:
    def check(self):
        self.checked = True
    def made(self):
        return Base()
    def later(self):
        return Later()
    @staticmethod
    async def connect():
        return 1

class Later:
    def __init__(self):
        self.number = 1
    def __await__(self):
        return iter(())

class Base:
    def open(self):
        self.opened = True

class Below(Base):
    async def open(self):
        return 1
"""

LATE = "connect() gives a coroutine, which is not awaited before"
PLAIN = ", and is a plain function that gives nothing to await"


def misused(root: Path, body: str, before: str = "") -> list[str]:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    main = f"{CODE}{before}\nasync def start(given):\n{lines}\nasyncio.run(start(open('y')))\n"
    found = findings(
        root, {"app/__init__.py": "", "app/main.py": main}, 'entry-points = ["app.main"]', select="SSOT112"
    )
    return [each.violation.message for each in found]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("await check()", "check() is awaited, and is a plain function that gives nothing to await"),
        ("await held()", f"held() is awaited{PLAIN}"),
        ("await Service().made()", "made() is awaited, and is a plain function that gives nothing to await"),
        ("await measured()", "measured() is awaited, and is a plain function that gives nothing to await"),
        ("return await count()", "count() is awaited, and is a plain function that gives nothing to await"),
        ("await Service().check()", "check() is awaited, and is a plain function that gives nothing to await"),
        ("connect().close_all()", "connect() gives a coroutine, which is not awaited before `.close_all` is read"),
        ("return Service.connect()[0]", "connect() gives a coroutine, which is not awaited before it is subscripted"),
        ("for each in connect(): pass", "connect() gives a coroutine, which is not awaited before it is iterated over"),
        ("a, b = connect()", "connect() gives a coroutine, which is not awaited before it is unpacked"),
        ("with connect(): pass", "connect() gives a coroutine, which is not awaited before it is entered"),
        (
            "it = connect()\nprint(it.name)",
            "`it` is the coroutine of connect(), which is not awaited before `.name` is read",
        ),
        (
            "if given:\n    it = connect()\n    it.name\nit = await connect()",
            "`it` is the coroutine of connect(), which is not awaited before `.name` is read",
        ),
        (
            "it = connect()\nfor each in it: print(each)",
            "`it` is the coroutine of connect(), which is not awaited before it is iterated over",
        ),
        (
            "it = connect()\nfound = [each for each in it]",
            "`it` is the coroutine of connect(), which is not awaited before it is iterated over",
        ),
        (
            "it = connect()\na, b = it",
            "`it` is the coroutine of connect(), which is not awaited before it is unpacked",
        ),
        (
            "return connect() > 1",
            "connect() gives a coroutine, which is not awaited before it is calculated or compared with",
        ),
        (
            "return 1 + connect()",
            "connect() gives a coroutine, which is not awaited before it is calculated or compared with",
        ),
        ("connect()", "connect() gives a coroutine that nothing awaits: it does not run"),
        ("Service.connect()", "connect() gives a coroutine that nothing awaits: it does not run"),
        ("started().close_all()", f"started() {LATE.partition(' ')[2]} `.close_all` is read"),
        ("a, b = twice()", f"twice() {LATE.partition(' ')[2]} it is unpacked"),
        ("told()", "told() gives a coroutine that nothing awaits: it does not run"),
        ("given.only_read = connect()", "connect() gives a coroutine that nothing awaits: it does not run"),
        (
            "from fastapi import Depends\ndef route(it=Depends(connect())): pass",
            f"{LATE} it is given as a dependency, which has to be called",
        ),
        (
            "from fastapi import Depends\ndef route(it=Depends(numbers())): pass",
            "numbers() is a generator, and what gives a dependency has to be called",
        ),
        ("if not connect(): return 1", "connect() gives a coroutine, which is not awaited, and so always true"),
        ("if given and connect(): return 1", "connect() gives a coroutine, which is not awaited, and so always true"),
        ("await asyncio.wait_for(check(), 1)", f"check() is given to what awaits it{PLAIN}"),
        ("await asyncio.gather(connect(), check())", f"check() is given to what awaits it{PLAIN}"),
        ("asyncio.create_task(Service().check())", f"check() is given to what awaits it{PLAIN}"),
        (
            "for each in (connect, check): await asyncio.wait_for(each(), 1)",
            f"check() is awaited{PLAIN}",
        ),
        (
            "for each in (connect, check): await each()",
            "check() is awaited, and is a plain function that gives nothing to await",
        ),
        (
            "[await each() for each in [connect, check]]",
            "check() is awaited, and is a plain function that gives nothing to await",
        ),
        ("async with numbers(): pass", "numbers() is a generator, and `async with` needs a context manager"),
        ("with plain_numbers(): pass", "plain_numbers() is a generator, and `with` needs a context manager"),
        ("await numbers()", "numbers() is a generator, and it is awaited"),
        (
            "for each in numbers(): pass",
            "numbers() is a generator, and `for` goes over it, where it needs `async for`",
        ),
        ("async for each in plain_numbers(): pass", "plain_numbers() is a generator, and `async for` goes over it"),
        ("with session(): pass", "session() is entered by `with`, and `@asynccontextmanager` needs `async with`"),
        ("async with locked(): pass", "locked() is entered by `async with`, and `@contextmanager` needs `with`"),
    ],
)
def test_reports_what_a_definition_does_not_give(tmp_path: Path, body: str, message: str) -> None:
    assert misused(tmp_path, body) == [message]


@pytest.mark.parametrize(
    "body",
    [
        "(await connect()).close_all()", "await started()", "await Service().later()", "await Later()",
        "for each in (Later, Later): await each()",
        "await passed()", "await kept()", "await later_held()", "await either(given)", "await either(connect())",
        "(await started()).close_all()", "a, b = await twice()", "(a,) = twice_plain()", "perhaps(given).count(1)",
        "perhaps(given)", "await stub()", "await gone()", "await wrapped()",
        "it = connect()\nawait it", "it = connect()\nit = await it\nit.name", "it = connect()\nit.close()",
        "it = connect()\nif inspect.isawaitable(it):\n    it = await it\nit.name",
        "it = connect()\nif given:\n    for each in it: print(each)", "it = connect()\nif given: return 1\nit.name",
        "if given:\n    it = connect()\nelse:\n    it = given\nit.name",
        "it = connect()\nit = [1]\nfor each in it: print(each)",
        "it = connect()\nif given:\n    it.name", "async for each in numbers(): pass", "numbers().aclose()",
        "await asyncio.gather(connect(), started())", "await asyncio.to_thread(check)", "return connect() == 1",
        "for each in (connect, started): await each()", "asyncio.gather(*[connect()], check)",
        "for each in (connect, check):\n    if given: await each()",
        "for each in plain_numbers(): pass", "async with pool(): pass",
        "async with asynccontextmanager(numbers)(): pass",
        "async with session(): pass", "with locked(): pass", "async with rows(): pass",
        "from fastapi import Depends\ndef route(it=Depends(connect)): pass",
        "from fastapi import Depends\ndef route(it=Depends(Later())): pass",
        "check()", "connect().__await__()", "given.task = connect()\nawait given.task",
        "given.task = connect()\nasyncio.create_task(given.task)",
        "given.task = connect()\nawait getattr(given, 'task')",
        "await (given or connect())", "return [connect()]", "yield connect()", "given.task = told()\nreturn given.task",
 "given.check().name",
        "try:\n    await check()\nexcept TypeError:\n    pass", "asyncio.create_task(connect()).cancel()",
        "it: Base = given\nawait it.open()", "await given.check()",
    ],
)  # fmt: skip
def test_is_silent_about_what_fits(tmp_path: Path, body: str) -> None:
    assert misused(tmp_path, body) == []


@pytest.mark.parametrize("variable", ["opened", "opened: object"])
def test_a_lifespan_awaits_before_it_serves(tmp_path: Path, variable: str) -> None:
    main = f"""\
    from contextlib import asynccontextmanager
    from fastapi import FastAPI
    async def pool(): return open("x")
    @asynccontextmanager
    async def lifespan(app):
        {variable} = pool()
        opened.warm_up()
        yield
        opened.drain()
    app = FastAPI(lifespan=lifespan)
    """
    found = findings(tmp_path, {"app/__init__.py": "", "app/main.py": main}, select="SSOT112")
    assert [(each.span.line, each.violation.phase, each.violation.level) for each in found] == [(7, "startup", "error")]


@pytest.mark.parametrize(
    ("await_", "found"),
    [
        ("await sync_to_async(setup)()", 0), ("await later()", 0), ("await setup()", 1), ("await prepare()", 1),
        ("async_to_sync(load)().close()", 0),
    ],
)  # fmt: skip
def test_what_a_library_makes_of_a_function_is_another_one(tmp_path: Path, await_: str, found: int) -> None:
    files = {
        "steps.py": "def setup():\n    print('set up')\nasync def load():\n    return open('x')\n",
        "app.py": "import asyncio\nfrom asgiref.sync import async_to_sync, sync_to_async\n"
        "from steps import load, setup, setup as prepare\nlater = sync_to_async(setup)\n"
        f"async def start():\n    {await_}\nasyncio.run(start())\n",
    }
    assert len(findings(tmp_path, files, 'entry-points = ["app"]\n', select="SSOT112")) == found


@pytest.mark.parametrize(("made", "found"), [("", 0), ("Later().run()\n", 1), ("Now().run()\n", 0)])
def test_a_method_that_only_a_class_below_makes_async_may_not_come_here(tmp_path: Path, made: str, found: int) -> None:
    code = f"""
class Now:
    def run(self):
        self.stop()
    def stop(self):
        print("stopped")
class Later(Now):
    async def stop(self):
        print("stopped")
{made}"""
    files = {"app.py": code}
    config = 'entry-points = ["app"]\n'
    assert len(findings(tmp_path, files, config, select="SSOT112", all_phases=True)) == found


LATER = """
import asyncio
from contextlib import suppress
from inspect import isawaitable

class Report:
    total = 1

async def validate():
    return Report()

def total(found, other):
    print(isawaitable(other))
    return found.total

async def start():
    other = None
{body}
"""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("try:\n    async with asyncio.timeout(1):\n        found = validate()\nfinally:\n    other\nfound.total", 1),
        ("with suppress(OSError):\n    found = validate()\nfound.total", 1),
        ("found = validate()\nprint(isawaitable(other))\nfound.total", 1),
        ("total(validate(), 1)", 1),
        ("try:\n    found = validate()\nexcept OSError:\n    found = Report()\nfound.total", 0),
        ("try:\n    found = validate()\nfinally:\n    return\nfound.total", 0),
        ("try:\n    found = validate()\n    found = await found\nexcept OSError:\n    raise\nfound.total", 0),
        ("if other:\n    found = validate()\nfound.total", 0),
        ("found = validate()\nif isawaitable(found): found = await found\nfound.total", 0),
        ("found = validate()\nif any(map(isawaitable, [found])): found = await found\nfound.total", 0),
    ],
)  # fmt: skip
def test_a_coroutine_is_used_behind_what_it_was_made_in(tmp_path: Path, body: str, said: int) -> None:
    code = LATER.replace("{body}", "".join(f"    {line}\n" for line in body.split("\n")))
    found = findings(tmp_path, {"app.py": code}, 'entry-points = ["app:start"]\n', select="SSOT112")
    assert [each.violation.level for each in found] == ["error"] * said


LIFESPAN = """
from contextlib import asynccontextmanager, contextmanager
from fastapi import FastAPI
from outside import managed

{lifespan}

app = FastAPI(lifespan=lifespan)
"""


@pytest.mark.parametrize(
    ("lifespan", "said"),
    [
        ("@asynccontextmanager\nasync def lifespan(app): print(app)", "lifespan() never yields"),
        ("@asynccontextmanager\ndef lifespan(app): yield", "lifespan() is not `async`"),
        ("@contextmanager\ndef lifespan(app): yield", "lifespan() is entered by `async with`"),
        ("async def lifespan(app): print(app)", "lifespan() never yields"),
        ("@asynccontextmanager\nasync def lifespan(): yield", "lifespan() takes 0 positional arguments"),
        ("@asynccontextmanager\nasync def lifespan(app): yield", ""),
        ("@asynccontextmanager\nasync def lifespan(app, *, quiet=False): yield", ""),
        ("@asynccontextmanager\nasync def run(app): yield\ndef lifespan(app): return run(app)", ""),
        ("@managed\nasync def lifespan(app): print(app)", ""),
        ("async def lifespan(app): yield", ""),
    ],
)  # fmt: skip
def test_reports_a_lifespan_that_no_application_can_enter(tmp_path: Path, lifespan: str, said: str) -> None:
    code = LIFESPAN.replace("{lifespan}", lifespan)
    found = findings(tmp_path, {"app.py": code}, 'entry-points = ["app"]\n', select="SSOT112")
    assert [each.violation.level for each in found] == ["error"] * bool(said)
    assert all(each.violation.message.startswith(said) for each in found)


def test_a_decorator_that_is_not_called_leaves_what_nothing_can_await(tmp_path: Path) -> None:
    code = """
import functools

def retry(policy=None):
    def decorate(function):
        @functools.wraps(function)
        async def wrapper(*args):
            return await function(*args)
        return wrapper
    return decorate

class Start:
    @retry
    async def first(self): return 1
    @retry()
    async def second(self): return 1
    async def run(self):
        for step in (self.first, self.second):
            await step()

async def start():
    await Start().run()
"""
    found = findings(tmp_path, {"app.py": code}, 'entry-points = ["app:start"]\n', select="SSOT112")
    assert [(each.violation.level, each.violation.message.partition(",")[0]) for each in found] == [
        ("error", "decorate() is awaited")
    ]
