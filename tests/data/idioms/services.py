import asyncio
import contextlib
import contextvars
import functools
import logging
import time
from abc import ABC, abstractmethod
from collections import defaultdict
from contextlib import asynccontextmanager, AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, AsyncIterator, Awaitable, Callable, Dict, Optional, Protocol, Set, Union

logger = logging.getLogger(__name__)
current: contextvars.ContextVar[Optional["Ctx"]] = contextvars.ContextVar("current", default=None)


@dataclass
class Ctx:
    user: str
    run: Optional[str] = None
    meta: Dict[str, Any] = field(default_factory=dict)

    def child(self, **kw):
        return Ctx(user=self.user, run=kw.pop("run", self.run), meta={**self.meta, **kw})


def require() -> Ctx:
    ctx = current.get()
    if ctx is None:
        raise RuntimeError("no context")
    return ctx


@contextlib.contextmanager
def using(ctx: Ctx):
    token = current.set(ctx)
    try:
        yield ctx
    finally:
        current.reset(token)


with using(Ctx("a")) as c:
    require().user.upper()
    require().child(run="1", extra=2).meta["extra"]


class Transport(Protocol):
    async def send(self, m: str) -> None: ...


class Fake:
    def __init__(self):
        self.sent = []

    async def send(self, m):
        self.sent.append(m)


class Manager:
    _instance: Optional["Manager"] = None
    _lock = asyncio.Lock()

    def __init__(self, transport: Optional[Transport] = None):
        self.transport = transport
        self.tasks: Set[asyncio.Task] = set()
        self.queue: asyncio.Queue = asyncio.Queue()
        self._stop: Optional[asyncio.Event] = None

    @classmethod
    async def instance(cls) -> "Manager":
        if cls._instance is None:
            async with cls._lock:
                if cls._instance is None:
                    cls._instance = cls(Fake())
                    await cls._instance.start()
        return cls._instance

    async def start(self):
        self._stop = asyncio.Event()
        t = asyncio.create_task(self._loop())
        self.tasks.add(t)
        t.add_done_callback(self.tasks.discard)

    async def _loop(self):
        while not self._stop.is_set():
            try:
                m = await asyncio.wait_for(self.queue.get(), timeout=0.01)
            except asyncio.TimeoutError:
                continue
            if m is None:
                break
            await self.transport.send(m)

    async def stop(self):
        if self._stop is not None:
            self._stop.set()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    def emit(self, m):
        self.queue.put_nowait(m)


def retry(times=2, exceptions=(Exception,)):
    def deco(fn):
        if asyncio.iscoroutinefunction(fn):

            @functools.wraps(fn)
            async def aw(*a, **k):
                last = None
                for i in range(times):
                    try:
                        return await fn(*a, **k)
                    except exceptions as e:
                        last = e
                raise last

            return aw

        @functools.wraps(fn)
        def w(*a, **k):
            for i in range(times):
                try:
                    return fn(*a, **k)
                except exceptions:
                    if i == times - 1:
                        raise

        return w

    return deco


class Flaky:
    def __init__(self):
        self.n = 0

    @retry(3)
    async def go(self):
        self.n += 1
        if self.n < 2:
            raise ValueError
        return self

    @retry()
    def sync(self, x=1):
        return x


@asynccontextmanager
async def session(name, *, fail=False) -> AsyncIterator["Session"]:
    s = Session(name)
    await s.open()
    try:
        yield s
    finally:
        await s.close()


class Session:
    def __init__(self, name):
        self.name = name
        self.state = None

    async def open(self):
        self.state = {"open": True}

    async def close(self):
        self.state = None

    def is_open(self):
        return bool(self.state and self.state["open"])


class Base(ABC):
    steps: tuple = ()

    async def run(self):
        out = {}
        for name in self.steps:
            fn = getattr(self, f"step_{name}", None)
            if fn is None:
                continue
            r = fn()
            if asyncio.iscoroutine(r):
                r = await r
            out[name] = r
        return await self.finish(out)

    @abstractmethod
    async def finish(self, out): ...


class Flow(Base):
    steps = ("a", "b", "missing")

    def step_a(self):
        return 1

    async def step_b(self):
        return await asyncio.sleep(0, 2)

    async def finish(self, out):
        return out["a"] + out["b"]


class Breaker:
    def __init__(self, on_open: Optional[Callable[[], Union[None, Awaitable[None]]]] = None):
        self.on_open = on_open
        self.failed = 0

    async def call(self, fn, *a):
        try:
            res = fn(*a)
            return await res if asyncio.iscoroutine(res) else res
        except Exception:
            self.failed += 1
            if self.on_open:
                r = self.on_open()
                if r is not None:
                    await r
            raise


async def main():
    m = await Manager.instance()
    m.emit("hi")
    m.emit(None)
    await asyncio.sleep(0.03)
    await m.stop()
    f = await Flaky().go()
    f.sync(x=3)
    async with session("a") as s, session("b") as s2:
        assert s.is_open() and s2.is_open()
    assert await Flow().run() == 3
    b = Breaker(on_open=lambda: asyncio.sleep(0))
    with contextlib.suppress(ZeroDivisionError):
        await b.call(lambda: 1 / 0)
    await b.call(asyncio.sleep, 0)
    async with AsyncExitStack() as st:
        x = await st.enter_async_context(session("c"))
        st.push_async_callback(x.close)
    loop = asyncio.get_running_loop()
    fut = loop.create_future()
    loop.call_soon(fut.set_result, {"a": 1})
    (await fut)["a"]
    await loop.run_in_executor(None, functools.partial(time.sleep, 0))
    sem = asyncio.Semaphore(2)

    async def limited(i):
        async with sem:
            return i

    total = sum(await asyncio.gather(*map(limited, range(3))))
    assert total == 3
    results = await asyncio.gather(limited(1), Flaky().go(), return_exceptions=True)
    for r in results:
        if isinstance(r, Exception):
            logger.error("x", exc_info=r)
    async with asyncio.timeout(1):
        await limited(1)
    async with asyncio.TaskGroup() as tg:
        t = tg.create_task(limited(5))
    assert t.result() == 5


asyncio.run(main())
