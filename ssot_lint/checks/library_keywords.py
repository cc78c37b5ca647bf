"""Keywords that functions and classes of Python's own library take in no version."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.checks.library_arguments import is_called
from ssot_lint.checks.library_calls import is_alone
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.facts.model import Call

_FILE = "encoding delay errors"
_QUEUE = "maxsize loop"
_TIME = "hour minute second microsecond tzinfo fold"
# Those of all versions of Python 3, the newest among them. What takes any keyword is left out.
_TAKEN = {
    target: frozenset(names.split())
    for target, names in {
        "<builtin>.open": "file mode buffering encoding errors newline closefd opener",
        "<builtin>.print": "sep end file flush",
        "<builtin>.sorted": "key reverse",
        "asyncio.BoundedSemaphore": "value loop",
        "asyncio.LifoQueue": _QUEUE,
        "asyncio.PriorityQueue": _QUEUE,
        "asyncio.Queue": _QUEUE,
        "asyncio.Semaphore": "value loop",
        "asyncio.gather": "loop return_exceptions",
        "asyncio.run": "main debug loop_factory",
        "asyncio.sleep": "delay result loop",
        "asyncio.wait": "fs aws loop timeout return_when",
        "asyncio.wait_for": "fut timeout loop",
        "collections.deque": "iterable maxlen",
        "concurrent.futures.ProcessPoolExecutor": "max_workers mp_context initializer initargs max_tasks_per_child",
        "datetime.date": "year month day",
        "datetime.datetime": f"year month day {_TIME}",
        "datetime.time": _TIME,
        "datetime.timedelta": "days seconds microseconds milliseconds minutes hours weeks",
        "functools.lru_cache": "maxsize typed",
        "logging.FileHandler": f"filename mode {_FILE}",
        "logging.Formatter": "fmt datefmt style validate defaults",
        "logging.StreamHandler": "stream",
        "logging.basicConfig":
            "filename filemode format datefmt style level stream handlers force encoding errors formatter",
        "logging.handlers.RotatingFileHandler": f"filename mode maxBytes backupCount {_FILE}",
        "logging.handlers.SysLogHandler": "address facility socktype timeout",
        "logging.handlers.TimedRotatingFileHandler": f"filename when interval backupCount utc atTime {_FILE}",
        "os.makedirs": "name mode exist_ok parent_mode",
        "queue.LifoQueue": "maxsize",
        "queue.PriorityQueue": "maxsize",
        "queue.Queue": "maxsize",
        "re.compile": "pattern flags",
        "ssl.create_default_context": "purpose cafile capath cadata",
        "threading.Thread": "group target name args kwargs daemon context",
        "threading.Timer": "interval function args kwargs",
    }.items()
}  # fmt: skip


def misfits(start: Start) -> Iterator[tuple[Reached, str]]:
    """Calls that give the library a keyword which it does not know: `timedelta(day=1)`."""
    for node in start.graph.nodes.values():
        for call in node.calls:
            taken = _TAKEN.get(call.target) if call.callee is None and call.kind == "call" else None
            if taken is None or call.certainty != "certain" or all(map(str.isdigit, call.given - taken)):
                continue
            place = Reached(node, call.at, call.half, call.certainty)
            written = start.context.surroundings.node(place.site) if start.counts(place) else None
            if isinstance(written, Call) and is_alone(node, call.at):
                unknown = next((name for name, _ in written.keywords if name is not None and name not in taken), None)
                if unknown is not None and is_called(start, place, written.function, call.target):
                    name = call.target.removeprefix("<builtin>.")
                    yield place, f"{name}() gets an unexpected keyword argument `{unknown}`"
