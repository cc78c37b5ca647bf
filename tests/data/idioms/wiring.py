import importlib
import json
import os
import pkgutil
import sys
from functools import lru_cache, singledispatch, total_ordering, cached_property, reduce
from operator import attrgetter, itemgetter, or_
from pathlib import Path
from typing import Any, Dict, Generic, Iterable, List, Mapping, Optional, Tuple, Type, TypeVar

T = TypeVar("T")


class Settings:
    _defaults = {"host": "h", "port": 1}

    def __init__(self, **kw):
        self._v = {**self._defaults, **kw}

    def __getattr__(self, n):
        try:
            return self.__dict__["_v"][n]
        except KeyError:
            raise AttributeError(n) from None

    @classmethod
    def from_env(cls, prefix="APP_"):
        kw = {k[len(prefix):].lower(): v for k, v in os.environ.items() if k.startswith(prefix)}
        return cls(**kw)


s = Settings.from_env()
s.host.upper()


@lru_cache
def settings():
    return Settings(debug=True)


settings().debug
settings.cache_clear()


class Registry(Generic[T]):
    def __init__(self):
        self._m: Dict[str, Type[T]] = {}

    def __call__(self, name=None):
        def d(cls):
            self._m[name or cls.__name__] = cls
            return cls

        return d

    def create(self, name, *a, **k) -> T:
        try:
            cls = self._m[name]
        except KeyError as e:
            raise LookupError(f"{name}: {', '.join(self._m)}") from e
        return cls(*a, **k)

    def __iter__(self):
        yield from self._m.items()

    def __contains__(self, n):
        return n in self._m


agents: Registry["Agent"] = Registry()


class Agent:
    name = "agent"

    def __init__(self, llm=None, tools=(), **extra):
        self.llm = llm
        self.tools = list(tools)
        vars(self).update(extra)

    def run(self):
        return [t(self) for t in self.tools]


@agents()
class Triage(Agent):
    name = "triage"


@agents("data")
class Data(Agent):
    def __init__(self, *a, db, **k):
        super().__init__(*a, **k)
        self.db = db

    def run(self):
        return self.db["x"], super().run()


agents.create("Triage", tools=[lambda a: a.name.upper()]).run()
agents.create("data", None, db={"x": 1}, tools=()).run()
agents.create("Triage", mood="good").mood.upper()
for n, cls in agents:
    cls.name.upper()


@total_ordering
class Ver:
    def __init__(self, s):
        self.t = tuple(map(int, s.split(".")))

    def __eq__(self, o):
        return self.t == o.t

    def __lt__(self, o):
        return self.t < o.t

    def __hash__(self):
        return hash(self.t)


Ver("1.2") >= Ver("1.1")
max([Ver("1.0"), Ver("2.0")]).t
{Ver("1.0"): 1}[Ver("1.0")]


@singledispatch
def dump(x):
    return json.dumps(x)


@dump.register(list)
@dump.register(tuple)
def _(x):
    return [dump(i) for i in x]


@dump.register
def _dict(x: dict):
    return {k: dump(v) for k, v in x.items()}


dump({"a": [1, (2,)]})
mods = [m.name for m in pkgutil.iter_modules([str(Path(__file__).parent)])]
cfg = json.loads('{"a": {"b": [1]}}')
cfg["a"]["b"][0].bit_length()
reduce(lambda d, k: d[k], ["a", "b"], cfg).append(2)
rows = [{"id": 2, "n": "b"}, {"id": 1, "n": "a"}]
sorted(rows, key=itemgetter("id"))[0]["n"].upper()
by = {r["id"]: r for r in rows}
by[1]["n"]
grouped: Dict[str, List[dict]] = {}
for r in rows:
    grouped.setdefault(r["n"], []).append(r)
grouped["a"][0]["id"]
host, _, port = "a:1".partition(":")
int(port)
name, ext = os.path.splitext("a.b")
*init, last = [1, 2, 3]
init.append(last)
(x, y), z = (1, 2), 3
flags = reduce(or_, [1, 2])
path = Path(__file__).resolve().parent / "x"
path.with_suffix(".y").name.upper()


class Node:
    def __init__(self, v, kids=None):
        self.v = v
        self.kids = kids or []
        self.parent: Optional["Node"] = None
        for k in self.kids:
            k.parent = self

    def root(self):
        n = self
        while n.parent is not None:
            n = n.parent
        return n

    def walk(self):
        yield self
        for k in self.kids:
            yield from k.walk()

    @cached_property
    def size(self):
        return 1 + sum(k.size for k in self.kids)


tree = Node(1, [Node(2), Node(3, [Node(4)])])
[n.root().v for n in tree.walk()]
tree.size
tree.kids[1].kids[0].parent.parent.v


class Event:
    def __init__(self):
        self._h = []

    def __iadd__(self, h):
        self._h.append(h)
        return self

    def __call__(self, *a):
        for h in self._h:
            h(*a)


class Button:
    def __init__(self):
        self.click = Event()


b = Button()
b.click += lambda *a: None
b.click(1)


class Matrix:
    def __init__(self, rows):
        self.rows = rows

    def __matmul__(self, o):
        return Matrix([[1]])

    def __getitem__(self, ij):
        i, j = ij
        return self.rows[i][j]

    def __neg__(self):
        return Matrix([[-v for v in r] for r in self.rows])

    def __format__(self, spec):
        return spec or "m"


(-(Matrix([[1]]) @ Matrix([[2]])))[0, 0]
f"{Matrix([[1]]):>5}"


class Plugin:
    hooks: Dict[str, List] = {}

    @classmethod
    def hook(cls, name):
        def d(f):
            cls.hooks.setdefault(name, []).append(f)
            return staticmethod(f)

        return d


class My(Plugin):
    @Plugin.hook("start")
    def on_start(x):
        return x

    @Plugin.hook("stop")
    def on_stop(x, y=1):
        return x


[h(1) for hs in Plugin.hooks.values() for h in hs]
My.on_start(1)
My().on_stop(1)
mod = importlib.import_module("json")
getattr(mod, "dumps")({})
