import copy
import dataclasses
from collections import namedtuple
from dataclasses import InitVar, dataclass, field, fields
from datetime import datetime
from typing import Any, ClassVar, Generic, NamedTuple, Optional, TypedDict, TypeVar

T = TypeVar("T")


@dataclass
class Settings:
    host: str = "localhost"
    port: int = 80
    tags: list[str] = field(default_factory=list)
    url: str = field(init=False)
    extra: dict[str, Any] = field(default_factory=dict, repr=False)
    defaults: ClassVar[dict[str, str]] = {}
    secret: InitVar[Optional[str]] = None

    def __post_init__(self, secret):
        self.url = f"http://{self.host}:{self.port}"
        self._secret = secret or "made-up"

    def describe(self):
        return f"{self.url} {self._secret} {len(self.tags)}"


settings = Settings(host="example.org", secret="made-up-too")
settings.describe()
other = dataclasses.replace(settings, port=81, secret=None)
other.describe().upper()


@dataclass(frozen=True, kw_only=True)
class Base:
    name: str
    size: int = 3


@dataclass(frozen=True, kw_only=True)
class Derived(Base):
    label: str

    def text(self):
        return self.name + self.label * self.size


derived = Derived(label="a", name="b")
derived.text().strip()


@dataclass(slots=True, order=True)
class Point:
    x: int
    y: int = 0

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)


total = Point(1) + Point(2, 3)
total.x.bit_length()
sorted([Point(2), Point(1)])[0].y
for each in fields(Point):
    getattr(total, each.name)


@dataclass
class Node(Generic[T]):
    value: T
    next: "Node[T] | None" = None

    def last(self):
        node = self
        while node.next is not None:
            node = node.next
        return node.value


Node(1, Node("x")).last()
chain = None
for number in range(3):
    chain = Node(number, chain)
chain.last().bit_length()


class Row(NamedTuple):
    id: int
    name: str = ""

    @classmethod
    def parse(cls, text):
        first, _, second = text.partition(":")
        return cls(int(first), second)

    def upper(self):
        return self._replace(name=self.name.upper())


row = Row.parse("1:x").upper()
identifier, name = row
row._asdict()["name"].lower()
Pair = namedtuple("Pair", "left right", defaults=[None])
pair = Pair(1)
pair.left.bit_length()
pair._replace(right=2).right.bit_length()


class Options(TypedDict, total=False):
    debug: bool
    level: str


options: Options = {"level": "info"}
options.get("debug", False)
options["level"].upper()
options = Options(debug=True)
options["debug"]
made = dataclasses.make_dataclass("Made", [("a", int), ("b", int, 2)])
made(1).b.bit_length()
copied = copy.copy(settings)
copied.describe()


@dataclass
class Event:
    at: datetime = field(default_factory=datetime.now)
    handlers: dict = field(default_factory=lambda: {"a": print})

    def __call__(self, *args):
        return self.handlers.get("a")(*args)


Event()("x")
Event().at.isoformat()
try:
    derived.size = 4
except dataclasses.FrozenInstanceError:
    pass


@dataclass
class Tree:
    children: list["Tree"] = field(default_factory=list)
    parent: Optional["Tree"] = None

    def __post_init__(self):
        for child in self.children:
            child.parent = self

    def depth(self):
        return 0 if self.parent is None else self.parent.depth() + 1


leaf = Tree()
Tree([leaf])
leaf.parent.children[0].depth()
