import contextlib
import functools
import inspect
import operator
from collections import ChainMap, defaultdict, deque
from functools import partial, reduce, singledispatch, singledispatchmethod, total_ordering, wraps
from itertools import chain, groupby, starmap


def retry(times=3, *, on=(Exception,)):
    def decorate(function):
        @wraps(function)
        def wrapper(*args, **kwargs):
            for attempt in range(times):
                try:
                    return function(*args, **kwargs)
                except on:
                    if attempt == times - 1:
                        raise
        wrapper.times = times
        return wrapper
    return decorate


@retry(times=2, on=(ValueError, KeyError))
def load(name, *, upper=False):
    return name.upper() if upper else name


load("x", upper=True).lower()
load.times.bit_length()
load.__wrapped__("y").upper()


def both(function=None, *, label=""):
    if function is None:
        return partial(both, label=label)
    function.label = label
    return function


@both
def plain():
    return "plain"


@both(label="x")
def labelled():
    return "labelled"


plain().upper() + labelled().upper() + labelled.label.upper()


class Timer:
    def __init__(self, function):
        functools.update_wrapper(self, function)
        self.function = function
        self.calls = 0

    def __call__(self, *args, **kwargs):
        self.calls += 1
        return self.function(*args, **kwargs)

    def __get__(self, instance, owner=None):
        return self if instance is None else partial(self, instance)


class Worker:
    @Timer
    def work(self, amount=1):
        return amount * 2


Worker().work(3).bit_length()
Worker.work.calls.bit_length()


@singledispatch
def show(value):
    return repr(value)


@show.register
def _(value: int):
    return f"int {value}"


@show.register(list)
def _show_list(value):
    return ", ".join(show(each) for each in value)


show([1, "x"]).upper()


class Shower:
    @singledispatchmethod
    def show(self, value):
        return "any"

    @show.register
    def _(self, value: str):
        return value


Shower().show("x").upper()
Shower().show(1).upper()


@total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(map(int, text.split(".")))

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts


max(Version("1.2"), Version("1.10")).parts[0].bit_length()
Version("1.0") >= Version("0.9")
compose = lambda *functions: reduce(lambda f, g: lambda x: g(f(x)), functions)
compose(str.strip, str.upper, len)(" a ").bit_length()
commands = {}


def command(name=None, **options):
    def register(function):
        commands[name or function.__name__] = (function, options)
        return function
    return register


@command()
def serve(port=80, **rest):
    return port + len(rest)


@command("stop", quiet=True)
def halt(*, quiet):
    return quiet


for function, options in commands.values():
    function(**options)


class Api:
    def handle_get(self, path):
        return f"get {path}"

    def handle_post(self, path):
        return f"post {path}"

    def dispatch(self, method, *args):
        handler = getattr(self, f"handle_{method}", None)
        if handler is None:
            return self.missing(method)
        return handler(*args)

    def missing(self, method):
        return method


api = Api()
[api.dispatch(method, "/").upper() for method in ("get", "post", "put")]


def total(first, /, second=2, *rest, scale=1, **named):
    return (first + second + sum(rest) + sum(named.values())) * scale


total(1)
total(1, 2, 3, 4, scale=2, a=1)
arguments, keywords = [1, 2, 3], {"scale": 2, "b": 3}
total(*arguments, **keywords)
total(*arguments, 4, **{**keywords, "c": 1})
signature = inspect.signature(total)
bound = signature.bind(1, 2)
total(*bound.args, **bound.kwargs)


def forward(*args, **kwargs):
    kwargs.setdefault("scale", 3)
    return total(*args, **kwargs)


forward(1, 2).bit_length()
adders = [lambda x, n=n: x + n for n in range(3)]
sum(add(1) for add in adders).bit_length()


def counter(start=0):
    count = start

    def increment(by=1):
        nonlocal count
        count += by
        return count

    increment.reset = lambda: start
    return increment


tick = counter()
tick().bit_length()
tick(by=2)
tick.reset().bit_length()
getter = operator.attrgetter("parts")
getter(Version("1.0"))[0].bit_length()
operator.methodcaller("upper")("x").lower()
operator.itemgetter("a")({"a": "x"}).upper()
groups = defaultdict(list)
for word in ("aa", "b"):
    groups[len(word)].append(word)
groups[2][0].upper()
nested = defaultdict(lambda: defaultdict(int))
nested["a"]["b"] += 1
ChainMap({"a": 1}, {"b": 2})["b"].bit_length()
list(starmap(pow, [(2, 3)]))[0].bit_length()
[key.upper() for key, _ in groupby(sorted("ab"))]
list(chain.from_iterable([["a"], ["b"]]))[0].upper()
queue = deque([1], maxlen=3)
queue.appendleft(0)
queue.popleft().bit_length()


def fibonacci(n, cache={}):
    if n not in cache:
        cache[n] = n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)
    return cache[n]


fibonacci(10).bit_length()


@functools.lru_cache(maxsize=None)
def settings():
    return {"a": 1}


settings()["a"].bit_length()
settings.cache_clear()


@functools.cache
def maker(kind):
    return {"int": int, "str": str}[kind]


maker("int")("3").bit_length()


class Event:
    def __init__(self):
        self.handlers = []

    def __iadd__(self, handler):
        self.handlers.append(handler)
        return self

    def __call__(self, *args):
        for handler in self.handlers:
            handler(*args)


changed = Event()
changed += print
changed += lambda *args: None
changed("x")
sorted(["b", "a"], key=str.lower, reverse=True)[0].upper()
max([Version("1.0")], key=lambda version: version.parts, default=None).parts
next((each for each in [1, 2] if each > 5), None)


class Pool:
    def __init__(self):
        self._connections = None
        self.name = None

    def open(self, name="main"):
        self._connections = {name: name.upper()}
        self.name = name
        return self

    @property
    def connections(self):
        if self._connections is None:
            raise RuntimeError("not open")
        return self._connections

    def connection(self, name="main"):
        if self._connections is None:
            raise RuntimeError("not open")
        return self._connections[name]

    def title(self):
        return self.name.title()


Pool().open().connection().lower()
Pool().open().connections["main"].lower()
Pool().open("other").title().lower()
print(Pool().open().connection())
opened = None


def open_it():
    global opened
    opened = Pool().open()


def title_of_it():
    if opened is None:
        raise RuntimeError("not open")
    return opened.title()


with contextlib.ExitStack() as stack:
    stack.callback(lambda: title_of_it())
    open_it()
