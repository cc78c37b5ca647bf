import asyncio
import contextvars
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial, wraps

request: contextvars.ContextVar[dict | None] = contextvars.ContextVar("request", default=None)


class Pool:
    def __init__(self):
        self._connections = None
        self.lock = asyncio.Lock()

    async def open(self):
        await asyncio.sleep(0)
        self._connections = ["a", "b"]
        return self

    async def __aenter__(self):
        return await self.open()

    async def __aexit__(self, *error):
        self._connections = None

    def __await__(self):
        return self.open().__await__()

    async def take(self):
        async with self.lock:
            if self._connections is None:
                await self.open()
            return self._connections.pop()

    async def __aiter__(self):
        for connection in self._connections or ():
            yield connection


@asynccontextmanager
async def session(pool) -> AsyncIterator[str]:
    connection = await pool.take()
    try:
        yield connection
    finally:
        pool._connections.append(connection)


def background(function):
    @wraps(function)
    async def wrapper(*args, **kwargs):
        return await asyncio.get_running_loop().run_in_executor(None, partial(function, *args, **kwargs))
    return wrapper


@background
def blocking(name, loud=False):
    return name.upper() if loud else name


class Bus:
    def __init__(self):
        self.listeners = {}
        self.queue = None
        self.task = None

    def on(self, topic):
        def register(listener):
            self.listeners.setdefault(topic, []).append(listener)
            return listener
        return register

    async def emit(self, topic, *args):
        results = await asyncio.gather(*(listener(*args) for listener in self.listeners.get(topic, [])))
        return results

    async def start(self):
        self.queue = asyncio.Queue()
        self.task = asyncio.create_task(self._run())

    async def _run(self):
        while (item := await self.queue.get()) is not None:
            await self.emit(*item)

    async def stop(self):
        if self.queue is not None:
            await self.queue.put(None)
            await self.task


bus = Bus()


@bus.on("created")
async def created(name):
    return name.upper()


@bus.on("created")
async def logged(name):
    token = request.set({"name": name})
    try:
        return (request.get() or {}).get("name")
    finally:
        request.reset(token)


async def numbers(count):
    for number in range(count):
        await asyncio.sleep(0)
        yield number


async def maybe(function, *args):
    result = function(*args)
    if asyncio.iscoroutine(result):
        result = await result
    return result


async def main():
    async with Pool() as pool:
        async with session(pool) as connection:
            connection.upper()
        async for each in pool:
            each.upper()
    pool = await Pool()
    (await pool.take()).upper()
    (await blocking("x", loud=True)).lower()
    await bus.start()
    await bus.queue.put(("created", "x"))
    await bus.stop()
    first, second = await bus.emit("created", "y")
    first.upper() + second.upper()
    total = sum([number async for number in numbers(3)])
    total.bit_length()
    (await maybe(blocking, "z")).upper()
    (await maybe(str.upper, "z")).lower()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(created("a"))
        group.create_task(logged("b"))
    task.result().upper()
    result = await asyncio.wait_for(created("c"), timeout=1)
    result.upper()
    done, pending = await asyncio.wait([asyncio.ensure_future(created("d"))])
    done.pop().result().upper()
    async with AsyncExitStack() as stack:
        pool = await stack.enter_async_context(Pool())
        stack.push_async_callback(asyncio.sleep, 0)
        (await pool.take()).upper()
    results = await asyncio.gather(created("e"), asyncio.sleep(0, "f"), return_exceptions=True)
    [str(each).upper() for each in results]
    coroutine = created("g")
    (await coroutine).upper()
    event = asyncio.Event()
    asyncio.get_running_loop().call_soon(event.set)
    await event.wait()
    async with asyncio.timeout(1):
        await asyncio.sleep(0)
    semaphore = asyncio.Semaphore(2)

    async def limited(name):
        async with semaphore:
            return await created(name)

    [each.upper() for each in await asyncio.gather(*map(limited, "ab"))]


asyncio.run(main())


def work(number):
    return number * 2


with ThreadPoolExecutor(2) as executor:
    futures = {executor.submit(work, number): number for number in range(2)}
    [future.result().bit_length() for future in as_completed(futures)]
    list(executor.map(work, [1]))[0].bit_length()
local = threading.local()


def current():
    if not hasattr(local, "value"):
        local.value = {"a": 1}
    return local.value


current()["a"].bit_length()


class Stoppable(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)
        self.result = None

    def run(self):
        self.result = "x"


thread = Stoppable()
thread.start()
thread.join()
thread.result.upper()
lock = threading.RLock()
with lock:
    pass
