import abc, asyncio, functools, inspect, logging, os, sys, typing, time, threading, contextlib
from typing import Any, Iterator, NoReturn, Optional, Protocol, overload, TypeVar, Generator, AsyncIterator, Awaitable, Callable
T = TypeVar("T")
log = logging.getLogger("idioms")
class P(Protocol):
    def name(self) -> str: ...
    def doc(self) -> int:
        """Doc."""
class Base(abc.ABC):
    @abc.abstractmethod
    def x(self) -> int:
        """x"""
    def y(self) -> str:
        raise NotImplementedError
    def z(self) -> Optional[int]:
        log.info("nothing")
    def hook(self, v) -> Any:
        """Overridden by subclasses."""
    def maybe(self) -> "int | None":
        log.debug("no")
    def nothing(self) -> None:
        log.debug("no")
class Sub(Base):
    def x(self) -> int:
        return 1
    def y(self) -> str:
        return "y"
def forever() -> int:
    while True:
        time.sleep(0)
        if os.environ.get("X") is None:
            return 3
def fails(msg: str) -> NoReturn:
    log.error(msg)
    sys.exit(1)
def checked(v: Optional[int]) -> int:
    if v is None:
        fails("no")
    return v
def gen() -> Iterator[int]:
    log.info("g")
    yield 1
@contextlib.contextmanager
def cm() -> Iterator[str]:
    log.info("in")
    yield "x"
def tries() -> int:
    for i in range(3):
        try:
            return int("3")
        except ValueError:
            log.info("again")
    raise RuntimeError("x")
def tries2() -> int:
    try:
        return 1
    finally:
        log.info("done")
def matchy(v: int) -> str:
    match v:
        case 1:
            return "one"
        case _:
            return "other"
def withs() -> str:
    with cm() as c:
        return c
def withs2() -> str:
    with contextlib.suppress(ValueError):
        return str(int("x"))
    return "none"
@functools.lru_cache
def setup_once():
    log.info("setup")
@functools.cache
def configured() -> dict:
    return {}
def register(cls):
    registry[cls.__name__] = cls
    return cls
def register_fn(name):
    def inner(f):
        registry[name] = f
        return f
    return inner
registry: dict[str, Any] = {}
@register
class A: ...
@register_fn("b")
def b(): return 1
def validator(f: Callable[..., T]) -> Callable[..., T]:
    @functools.wraps(f)
    def wrapper(*a: Any, **k: Any) -> T:
        log.info("v")
        return f(*a, **k)
    return wrapper
@validator
def added(a: int, b: int = 2) -> int:
    return a + b
def coro_dec(f):
    @functools.wraps(f)
    def wrapper(*a, **k):
        return asyncio.run(f(*a, **k))
    return wrapper
@coro_dec
async def command(x=1):
    await asyncio.sleep(0)
    return x
class Svc:
    def __init__(self):
        self.task: Optional[asyncio.Task] = None
        self.pending: list[Awaitable[Any]] = []
        self.callbacks: list[Callable[..., Any]] = []
    async def run(self): 
        await asyncio.sleep(0)
        return 1
    def start_later(self):
        return self.run()
    def queue(self):
        self.pending.append(self.run())
        self.pending += [self.run() for _ in range(2)]
    async def flush(self):
        self.pending.reverse()
        while self.pending:
            await self.pending.pop()
    async def call(self):
        for cb in self.callbacks:
            result = cb()
            if inspect.isawaitable(result):
                result = await result
            log.info(result)
    def on(self, cb): self.callbacks.append(cb); return cb
    async def go(self):
        coro = self.run()
        try:
            return await asyncio.wait_for(coro, 1)
        except asyncio.TimeoutError:
            return None
    async def first(self):
        tasks = [asyncio.create_task(self.run()), asyncio.ensure_future(self.run())]
        done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for t in pending: t.cancel()
        return done.pop().result()
    def thread(self):
        t = threading.Thread(target=lambda: asyncio.run(self.run()))
        t.start(); t.join()
    async def lazy(self):
        get = lambda: self.run()
        v = await get()
        return await (self.run() if v else self.go())
    async def chain(self):
        return await self.start_later()
    async def closing(self):
        c = self.run()
        c.close()
    def __await__(self):
        return self.run().__await__()
    async def or_(self):
        return await self.run() or await self.go()
    async def cond(self):
        if await self.run() and not await self.go():
            return 2
        x = (await self.run()) if await self.go() else None
        return x
async def main():
    s = Svc()
    s.queue(); await s.flush()
    s.on(s.run); s.on(lambda: 3); await s.call()
    (await s.go()).bit_length()
    (await s.first()).bit_length()
    (await s.lazy()).bit_length()
    (await s.chain()).bit_length()
    (await s).bit_length()
    await s.closing(); await s.or_(); await s.cond()
    s.task = asyncio.create_task(s.run())
    await s.task
    co = s.start_later()
    r = await asyncio.gather(co, s.run(), return_exceptions=True)
    s.task = None
    if s.task: s.task.cancel()
def start():
    sub = Sub(); sub.x().bit_length(); sub.y().upper(); sub.z(); sub.hook(1); sub.maybe(); sub.nothing()
    for v in [sub.z(), sub.hook(2)]: log.info(v)
    forever().bit_length(); checked(3).bit_length(); next(gen()).bit_length()
    with cm() as c: c.upper()
    tries().bit_length(); tries2().bit_length(); matchy(1).upper(); withs().upper(); withs2().upper()
    setup_once(); configured().get("a"); A(); b().bit_length(); added(1, b=3).bit_length(); command(2).bit_length()
    asyncio.run(main()); Svc().thread()
    loop = asyncio.new_event_loop(); loop.run_until_complete(Svc().run()); loop.close()
start()


def empty() -> tuple[()]:
    return ()


def of_nothing() -> list[()]:
    return []


len(empty())
of_nothing().append(1)
