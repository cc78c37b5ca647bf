import argparse
import contextlib
import copy
import functools
import inspect
import itertools
import threading
import types
import weakref
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple
from dataclasses import InitVar, asdict, astuple, dataclass, field, fields, is_dataclass, make_dataclass, replace
from enum import Enum, Flag, IntEnum, auto, global_enum, unique
from typing import Any, Callable, ClassVar, Dict, Generic, List, NamedTuple, Optional, TypedDict, TypeVar, overload


class Slotted:
    __slots__ = ("a", "b", "c")

    def __init__(self, **kw):
        for s in self.__slots__:
            setattr(self, s, kw.get(s))

    def total(self):
        return self.a + self.b.bit_length()


Slotted(a=1, b=2).total()


class Stated:
    def __getstate__(self):
        return {"x": 1}

    def __setstate__(self, state):
        self.__dict__.update(state)

    def use(self):
        return self.x


copy.copy(Stated()).use()


class Raw:
    @classmethod
    def load(cls, data):
        self = cls.__new__(cls)
        self.data = data
        self.ready = True
        return self

    def go(self):
        return self.data["k"], self.ready


Raw.load({"k": 1}).go()


@dataclass(frozen=True)
class Frozen:
    x: int
    y: int = field(init=False, default=0)

    def __post_init__(self):
        object.__setattr__(self, "y", self.x * 2)
        object.__setattr__(self, "cache", {})

    def look(self):
        return self.cache.get("a"), self.y.bit_length()


Frozen(2).look()


@dataclass
class WithVar:
    path: InitVar[Optional[str]] = None
    n: int = 0
    parts: List[str] = field(default_factory=list)

    def __post_init__(self, path):
        if path is not None:
            self.parts = path.split("/")
        self.first = self.parts[0] if self.parts else None


assert WithVar("a/b").first.upper() == "A"
assert WithVar(path="c", n=3).first == "c"

P = namedtuple("P", "x y z", defaults=(None,))
p = P(1, 2)._replace(z=[3])
p.z.append(1)
p._asdict()["z"].append(2)


class Nt(NamedTuple):
    a: int
    b: Optional[Callable] = None

    def call(self):
        return self.b(self.a)


Nt(1)._replace(b=str).call()

Auto = Enum("Auto", "RED GREEN")
Auto.RED.name.lower()
Auto["GREEN"].value


class Perm(Flag):
    R = auto()
    W = auto()
    RW = R | W

    @property
    def label(self):
        return self.name or "none"


(Perm.R | Perm.W).label.upper()


class Level(IntEnum):
    LOW = 1
    HIGH = 2

    @classmethod
    def _missing_(cls, value):
        return cls.LOW

    def __str__(self):
        return self.name.title()


str(Level(99))


class Shape(Enum):
    SQUARE = ("sq", 4)
    TRI = ("tri", 3)

    def __init__(self, short, sides):
        self.short = short
        self.sides = sides

    @property
    def more(self):
        return self.sides + 1


Shape.SQUARE.more
Shape(("tri", 3)).short.upper()

local = threading.local()


def get_local():
    if not hasattr(local, "conn"):
        local.conn = {}
    return local.conn


get_local()["x"] = 1

ns = types.SimpleNamespace(a=1, b=None)
ns.c = [1]
ns.c.append(2)
args = argparse.Namespace(verbose=True)
args.verbose

conn = None
try:
    conn = open("/nonexistent-file-here")
except OSError:
    conn = None
finally:
    if conn:
        conn.close()

for attempt in range(3):
    try:
        value = int("3")
        break
    except ValueError:
        continue
else:
    raise RuntimeError
value.bit_length()

with contextlib.suppress(KeyError):
    thing = {}["a"]


def late():
    global _late
    try:
        return _late
    except NameError:
        _late = []
        return _late


late().append(1)


class Lazy:
    _inst = None

    @classmethod
    def get(cls):
        if cls._inst is None:
            cls._inst = cls()
        return cls._inst

    def __init__(self):
        self._c = None

    @property
    def c(self):
        self._c = self._c or {}
        return self._c

    def close(self):
        if self._c is not None:
            self._c.clear()
            self._c = None


Lazy.get().c["a"] = 1
Lazy.get().close()
Lazy.get().c.clear()


class Sentinel:
    pass


MISSING = Sentinel()


def pick(d, k, default=MISSING):
    v = d.get(k, MISSING)
    if v is MISSING:
        if default is MISSING:
            raise KeyError(k)
        return default
    return v


pick({"a": 1}, "a")
pick({}, "a", None)


class Reg:
    items: ClassVar[Dict[str, type]] = {}

    def __init_subclass__(cls, **kw):
        super().__init_subclass__(**kw)
        cls.tag = cls.__name__.lower()
        Reg.items[cls.tag] = cls

    def describe(self):
        return self.tag.upper()


class Sub(Reg):
    pass


Sub().describe()
Reg.items["sub"]().describe()


class Cond:
    if len("a") == 1:

        def m(self):
            return 1

    else:

        def m(self):
            return 2



Cond().m()


def bound(*a, **k):
    sig = inspect.signature(target)
    b = sig.bind(*a, **k)
    b.apply_defaults()
    return target(*b.args, **b.kwargs)


def target(x, y=2, *, z=3):
    return x + y + z


bound(1)
bound(1, z=5)


def opt(f=None, *, n=1):
    if f is None:
        return functools.partial(opt, n=n)

    @functools.wraps(f)
    def w(*a, **k):
        w.calls += 1
        return f(*a, **k)

    w.calls = 0
    return w


@opt
def one(x):
    return x


@opt(n=3)
def two(x, y):
    return x + y


one(1)
two(1, y=2)
two.calls + one.calls

Dyn = make_dataclass("Dyn", [("x", int), ("y", list, field(default_factory=list))])
Dyn(1).y.append(1)
T = type("T", (Lazy,), {"extra": lambda self: 5})
T().extra()


class Chainy:
    def __init__(self):
        self.ops = []

    def __getattr__(self, n):
        if n.startswith("_"):
            raise AttributeError(n)

        def rec(*a):
            self.ops.append((n, a))
            return self

        return rec


Chainy().a(1).b(2, 3).c().ops.append(1)
cm = ChainMap({"a": 1}, {"b": 2})
cm.new_child()["c"] = 3
c = Counter("hello")
c.most_common(1)[0][0].upper()
c["z"] += 1
dd = defaultdict(lambda: defaultdict(list))
dd["a"]["b"].append(1)
od = OrderedDict(a=1)
od.move_to_end("a")
dq = deque([1], maxlen=2)
dq.appendleft(2)
dq.rotate(1)


class Td(TypedDict, total=False):
    a: int
    b: Optional[str]


td: Td = {"a": 1}
(td.get("b") or "x").upper()

first = next((x for x in [1, 2] if x > 5), None)
if first is not None:
    first.bit_length()
match {"k": [1, 2, {"z": 3}]}:
    case {"k": [a, b, {"z": zz}]}:
        zz.bit_length()
        a + b
    case _:
        pass


class Weak:
    def __init__(self):
        self._cbs = weakref.WeakSet()
        self._own = weakref.ref(self)

    def me(self):
        m = self._own()
        return m.name() if m is not None else None

    def name(self):
        return "x"


Weak().me()


class Meta(type):
    @property
    def count(cls):
        return len(cls._all)

    def __iter__(cls):
        return iter(cls._all)

    def __len__(cls):
        return len(cls._all)

    def __getitem__(cls, i):
        return cls._all[i]

    def __prepare__(name, bases, **k):
        return {}


class Many(metaclass=Meta):
    _all = [1, 2]


Many.count
list(Many)
Many[0]
len(Many)
dataclass_names = [f.name for f in fields(WithVar)]
asdict(WithVar())
astuple(WithVar())
is_dataclass(WithVar)


@global_enum
class Depth(IntEnum):
    SHALLOW = 1
    DEEP = 2


SHALLOW.bit_length()
Depth.DEEP.name.lower()
