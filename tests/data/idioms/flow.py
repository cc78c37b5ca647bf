import json
import os
import sys
from contextlib import ExitStack, closing, contextmanager, nullcontext, redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from idioms.classes import Service

try:
    import orjson_that_is_not_there as orjson
    HAS_ORJSON = True
except ImportError:
    orjson = None
    HAS_ORJSON = False

try:
    from ujson_that_is_not_there import dumps
except ImportError:
    dumps = json.dumps

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if sys.platform == "win32":
    import winreg

    def read_registry():
        return winreg.OpenKey
else:
    def read_registry():
        return None


def encode(value):
    if HAS_ORJSON:
        return orjson.dumps(value)
    return dumps(value)


encode({"a": 1}).upper()
tomllib.loads("a = 1")["a"].bit_length()
read_registry()
_client: Optional["Client"] = None


class Client:
    def __init__(self):
        self.session = None
        self.opened = False

    def open(self):
        self.session = {"a": 1}
        self.opened = True
        return self

    def is_open(self):
        return self.session is not None

    def get(self, key):
        if not self.opened:
            self.open()
        return self.session[key]

    def peek(self):
        if self.is_open():
            return self.session.get("a")
        return None

    def must(self):
        assert self.session is not None
        return self.session["a"]

    @property
    def live(self):
        if self.session is None:
            raise RuntimeError("not open")
        return self.session


def get_client():
    global _client
    if _client is None:
        _client = Client()
    return _client


get_client().get("a").bit_length()
Client().peek()
Client().open().must()
Client().open().live["a"].bit_length()
try:
    Client().live
except RuntimeError as error:
    str(error).upper()


def find(items, wanted=None):
    for item in items:
        if item == wanted:
            break
    else:
        return None
    return item


find([1, 2], 2).bit_length()
found = find([1, 2], 3)
if found is not None:
    found.bit_length()


def parse(text):
    try:
        value = int(text)
    except ValueError:
        value = None
    else:
        value += 1
    finally:
        done = True
    if value is None and done:
        return 0
    return value.bit_length()


parse("1") + parse("x")


def ensure(value, default=None):
    value = value or default or {}
    return value.get("a", "b").upper()


ensure(None)
ensure({"a": "c"})


def require(context=None, *, strict=False):
    if strict and context is None:
        raise ValueError("needs a context")
    return context.upper() if context else "none"


require()
require("x", strict=True)
with suppress(ValueError):
    require(strict=True)


@contextmanager
def opened(name):
    handle = {"name": name}
    try:
        yield handle
    finally:
        handle.clear()


with opened("x") as handle:
    handle["name"].upper()
with ExitStack() as stack:
    first = stack.enter_context(opened("a"))
    second = stack.enter_context(nullcontext({"name": "b"}))
    stack.callback(print, "bye", file=StringIO())
    first["name"].upper() + second["name"]
with closing(StringIO("x")) as stream, redirect_stdout(StringIO()):
    stream.read().upper()
result = None
for attempt in range(3):
    try:
        result = Client().open()
        break
    except OSError:
        continue
result.get("a").bit_length()
if (name := os.environ.get("NAME_THAT_IS_NOT_SET")) is not None:
    name.upper()
level = os.environ.get("LEVEL_THAT_IS_NOT_SET")
level = level.upper() if level else "INFO"
level.lower()
config = None
if os.path.exists("/nothing/there"):
    config = json.loads(Path("/nothing/there").read_text())
if config:
    config["a"].upper()
values = [None, "a"]
[value.upper() for value in values if value]
[value for value in map(lambda each: each and each.upper(), values)]
first_value = next(filter(None, values))
first_value.upper()


def walk(tree, seen=None):
    seen = set() if seen is None else seen
    seen.add(tree["name"])
    for child in tree.get("children", ()):
        walk(child, seen)
    return seen


walk({"name": "a", "children": [{"name": "b"}]}).pop().upper()


def describe(value):
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case int() | float() as number:
            return f"{number.real}"
        case str(text) if text:
            return text.upper()
        case [first, *rest]:
            return describe(first) + str(len(rest))
        case {"kind": kind, **others}:
            return kind.upper() + str(len(others))
        case Client(opened=True, session=session):
            return str(session["a"])
        case Client():
            return "closed"
        case _:
            return "other"


[describe(each).strip() for each in (None, True, 1, "x", "", [1, 2], {"kind": "a", "b": 1}, Client(), Client().open())]


def classify(error):
    if isinstance(error, (KeyError, IndexError)):
        return error.args[0]
    if isinstance(error, OSError):
        return error.errno
    return getattr(error, "code", None)


[classify(each) for each in (KeyError("a"), OSError(1, "x"), ValueError())]


class State:
    current = None
    handlers = ()

    @classmethod
    def push(cls, value):
        cls.previous, cls.current = cls.current, value
        return cls

    @classmethod
    def pop(cls):
        value, cls.current = cls.current, cls.previous
        return value


State.push("a").push("b")
State.pop().upper()
State.current.upper()
total = 0
while True:
    total += 1
    if total > 3:
        break
del total
try:
    total
except NameError:
    total = 1
total.bit_length()
if "later" not in globals():
    later = None
for later in (1, 2):
    pass
later.bit_length()


def lazily():
    from idioms import classes
    import idioms.enumerations as kinds

    return classes.Service().log() + kinds.Color.RED.paint()


lazily().upper()
data = json.loads('{"a": {"b": [1]}}')
data["a"]["b"][0].bit_length()
data.get("c", {}).get("d")
lookup = {**data, "e": None}
lookup["e"] = "x"
lookup["e"].upper()
table = dict.fromkeys("ab")
table["a"] = 1
table["a"].bit_length()
cache = {}
cache.setdefault("a", []).append("x")
cache["a"][0].upper()
a, (b, *c), d = 1, (2, 3, 4), "x"
d.upper() + str(c[0].bit_length())
swap = [1, "x"]
swap[0], swap[1] = swap[1], swap[0]
swap[0].upper()
try:
    raise ExceptionGroup("several", [ValueError("a"), TypeError("b")])
except* ValueError as group:
    group.exceptions[0].args[0].upper()
except* TypeError as group:
    group.exceptions[0].args[0].upper()


def generate():
    received = yield 1
    while received:
        received = yield received.upper()
    return "done"


generator = generate()
next(generator).bit_length()
generator.send("a").upper()
generator.close()


def delegate():
    result = yield from generate()
    yield result.upper()


list(delegate())[-1].lower()


class Opaque:
    pass


def sought(value):
    match value:
        case [first, *rest]:
            return [first, rest]
        case {"kind": kind, **others}:
            return [kind, others]
        case {"a": {"b": [inner, last]}}:
            return [inner, last]
    return []


for each in (Opaque(), sought, {"a": {"c": 1}}, {"other": 1}):
    sought(each)
