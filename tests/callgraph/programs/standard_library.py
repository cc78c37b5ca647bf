"""Programs that use the standard library. The comment behind a `def` says in which phase it must be reached."""

from __future__ import annotations

STANDARD_LIBRARY = {
    "asyncio": """
import asyncio

async def main():  # import
    task = asyncio.create_task(work())
    task.add_done_callback(done)
    await asyncio.gather(one(), asyncio.shield(two()))
    await asyncio.wait_for(three(), 1)
    (await asyncio.to_thread(make, 1)).use()
    loop = asyncio.get_running_loop()
    loop.call_soon(soon, 1)
    loop.call_later(1, late)
    await loop.run_in_executor(None, executed)
    loop.add_signal_handler(2, stop)
    async with asyncio.TaskGroup() as group:
        group.create_task(grouped())
async def work():  # import
    pass
async def one():  # import
    pass
async def two():  # import
    pass
async def three():  # import
    pass
async def grouped():  # import
    pass
class Made:
    def use(self):  # import
        pass
def make(number):  # import
    return Made()
def done(task):  # import
    pass
def soon(number):  # import
    pass
def late():  # import
    pass
def executed():  # import
    pass
def stop():  # shutdown
    pass
asyncio.run(main())
with asyncio.Runner() as runner:
    runner.run(again())
async def again():  # import
    pass
""",
    "time zones": """
from datetime import datetime, tzinfo

class Fixed(tzinfo):
    def utcoffset(self, moment):  # import
        pass
    def dst(self, moment):  # import
        pass
    def tzname(self, moment):
        pass
class Own(Fixed):
    def fromutc(self, moment):  # import
        return moment
class Here(tzinfo):
    def utcoffset(self, moment):  # import
        pass
datetime.fromtimestamp(0, Fixed())
datetime.now(tz=Own())
datetime(2020, 1, 1).astimezone(Here())
""",
    "threads": """
import atexit, contextvars, signal, threading, weakref
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pool, Process

class Worker(threading.Thread):
    def run(self):  # import
        self.step()
    def step(self):  # import
        pass
Worker().start()
class Looping(threading.Thread):
    def __init__(self):  # import
        super().__init__(target=self.loop, args=(1,))
    def loop(self, number):  # import
        pass
Looping().start()
class Holder:
    def __init__(self):  # import
        self.thread = threading.Thread(target=self.held, daemon=True)
        self.thread.name = "held"
    def start(self):  # unreached
        self.thread.start()
    def held(self):  # unreached
        pass
Holder()
class Idle(threading.Thread):
    def run_idle(self):  # unreached
        pass

class Item:
    def use(self):  # import
        pass
def target(item, flag=None):  # import
    item.use()
threading.Thread(target=target, args=(Item(),)).start()
def tick(number):  # import
    pass
threading.Timer(1, tick, [2]).start()
def process():  # import
    pass
processes = [Process(target=process) for _ in range(2)]
for each in processes:
    each.start()

def prepare():  # import
    pass
with ThreadPoolExecutor(initializer=prepare) as pool:
    future = pool.submit(submitted, 1)
    future.add_done_callback(done)
    for made in pool.map(mapped, [1]):
        made.used()
def submitted(number):  # import
    pass
def done(future):  # import
    pass
class Made:
    def used(self):  # import
        pass
def mapped(number):  # import
    return Made()
with Pool() as processes:
    processes.starmap(pair, [(1, 2)])
def pair(one, two):  # import
    pass

@atexit.register
def at_exit():  # shutdown
    pass
def handler(number, frame):  # shutdown
    pass
signal.signal(signal.SIGTERM, handler)
def cleaned():  # shutdown
    pass
weakref.finalize(handler, cleaned)
def in_context():  # import
    pass
contextvars.copy_context().run(in_context)
""",
    "the standard library": """
import argparse, ast, contextlib, functools, html.parser, http.server, itertools, json, logging, re, unittest

def key(value):  # import
    return value
for value, group in itertools.groupby([1], key):
    pass
def small(value):  # import
    return True
list(itertools.takewhile(small, [1]))
def compare(left, right):  # import
    return 0
sorted([1], key=functools.cmp_to_key(compare))
class Thing:
    def close(self):  # import
        pass
    def use(self):  # import
        pass
with contextlib.closing(Thing()) as thing:
    thing.use()
@contextlib.contextmanager
def managed():  # import
    yield Thing()
with contextlib.ExitStack() as stack:
    stack.enter_context(managed()).use()
    stack.callback(on_exit, 1)
def on_exit(number):  # import
    pass
def replace(match):  # import
    return ""
re.sub("a", replace, "a")
re.compile("a").sub(replace_compiled, "a")
def replace_compiled(match):  # import
    return ""
class Encoder(json.JSONEncoder):
    def default(self, value):  # import
        pass
json.dumps({}, cls=Encoder)
def hook(value):  # import
    pass
json.loads("{}", object_hook=hook)
class Visitor(ast.NodeVisitor):
    def visit_Name(self, node):  # import
        self.generic_visit(node)
    def helper(self):  # unreached
        pass
Visitor().visit(ast.parse("a"))
class Parser(html.parser.HTMLParser):
    def handle_data(self, data):  # import
        pass
    def parse_starttag(self, place):  # import
        return place
    def reset(self):  # import
        pass
    def other(self):  # unreached
        pass
Parser().feed("")
class Requests(http.server.BaseHTTPRequestHandler):
    def do_GET(self):  # request
        pass
http.server.HTTPServer(("", 80), Requests)
class Handler(logging.StreamHandler):
    def emit(self, record):  # import
        pass
logging.getLogger().addHandler(Handler())
class Redact(logging.Filter):
    def filter(self, record):  # request
        pass
def number(text):  # request
    return int(text)
argparse.ArgumentParser().add_argument("--number", type=number)
class Tests(unittest.TestCase):
    def test_one(self):  # request
        self.addCleanup(clean_up)
def clean_up():  # request
    pass
""",
    "functions that give back": """
import typing, weakref
from collections import defaultdict
from dataclasses import dataclass, replace

@dataclass
class Thing:
    number: int
    def one(self):  # import
        pass
    def two(self):  # import
        pass
    def three(self):  # import
        pass
    def four(self):  # import
        pass
typing.cast("Thing", Thing(1)).one()
replace(Thing(1), number=2).two()
weakref.proxy(Thing(1)).three()
def make():  # import
    return Thing(1)
things = defaultdict(make)
things["a"].four()
""",
}
