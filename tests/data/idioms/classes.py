import abc
import threading
from collections.abc import Iterator, Mapping
from typing import Any, Generic, Protocol, Self, TypeVar, overload, runtime_checkable

T = TypeVar("T")


class Registry(type):
    known: dict[str, type] = {}

    def __new__(mcs, name, bases, namespace, **options):
        cls = super().__new__(mcs, name, bases, namespace)
        mcs.known[options.get("key", name.lower())] = cls
        cls.key = options.get("key", name.lower())
        return cls

    def __init__(cls, name, bases, namespace, **options):
        super().__init__(name, bases, namespace)

    def __len__(cls):
        return len(cls.known)

    def make(cls, *args):
        return cls(*args)


class Plugin(metaclass=Registry):
    def run(self):
        return self.key


class Mail(Plugin, key="mail"):
    pass


Registry.known["mail"]().run().upper()
Mail.make().run()
len(Plugin)
Mail.key.upper()


class Handler:
    handlers: list[type["Handler"]] = []

    def __init_subclass__(cls, /, topic=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.topic = topic or cls.__name__
        Handler.handlers.append(cls)

    def handle(self, message):
        raise NotImplementedError


class Created(Handler, topic="created"):
    def handle(self, message):
        return message.upper()


class Deleted(Handler):
    def handle(self, message):
        return message.lower()


for handler in Handler.handlers:
    handler().handle(handler.topic).strip()


class Singleton:
    _instance = None
    _lock = threading.Lock()

    def __new__(cls, *args, **kwargs):
        if cls._instance is None:
            with cls._lock:
                if cls._instance is None:
                    cls._instance = super().__new__(cls)
        return cls._instance

    def __init__(self, value=None):
        if not hasattr(self, "ready"):
            self.value = value
            self.ready = True

    @classmethod
    def instance(cls):
        return cls._instance


Singleton(1)
Singleton().value.bit_length()
Singleton.instance().ready


class Repository(abc.ABC, Generic[T]):
    @property
    @abc.abstractmethod
    def name(self) -> str: ...

    @abc.abstractmethod
    def get(self, key: str) -> T: ...

    def describe(self):
        return self.name.upper() + str(self.get("x"))


class Numbers(Repository[int]):
    name = "numbers"

    def get(self, key):
        return len(key)


Numbers().describe().lower()
Numbers().get("a").bit_length()


class A:
    def __init__(self, *, a=1, **kwargs):
        super().__init__(**kwargs)
        self.a = a

    def who(self):
        return ["A"]


class B(A):
    def __init__(self, *, b=2, **kwargs):
        super().__init__(**kwargs)
        self.b = b

    def who(self):
        return ["B", *super().who()]


class C(A):
    def __init__(self, *, c=3, **kwargs):
        super().__init__(**kwargs)
        self.c = c

    def who(self):
        return ["C", *super().who(), str(self.b)]


class D(B, C):
    pass


d = D(a=4, c=5)
d.who()[0].lower()
(d.a + d.b + d.c).bit_length()


class Mixin:
    def log(self):
        return self.prefix + self.name()


class Service(Mixin):
    prefix = "service "

    def name(self):
        return type(self).__name__


Service().log().upper()


class Box(Generic[T]):
    def __init__(self, item: T) -> None:
        self.item = item

    def map(self, function):
        return Box(function(self.item))


Box[int](3).map(str).item.upper()
Box("x").map(len).item.bit_length()


class Builder:
    def __init__(self):
        self.parts = []

    def add(self, part) -> Self:
        self.parts.append(part)
        return self

    def build(self):
        return "".join(self.parts)


Builder().add("a").add("b").build().upper()


@runtime_checkable
class Closable(Protocol):
    def close(self) -> None: ...


class Resource:
    def close(self):
        return None

    def reopen(self):
        return "open"


def close(each: Closable | None):
    if isinstance(each, Closable):
        each.close()
    if isinstance(each, Resource):
        return each.reopen()
    return ""


close(Resource()).upper()
close(None).upper()


class Bag(Mapping[str, Any]):
    def __init__(self, **items):
        self._items = items

    def __getitem__(self, key):
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self):
        return len(self._items)


bag = Bag(a=1)
bag.get("b", 2).bit_length()
dict(bag)["a"].bit_length()
[value.bit_length() for value in bag.values()]
"a" in bag


class Number:
    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        if isinstance(other, Number):
            return Number(self.value + other.value)
        if isinstance(other, int):
            return Number(self.value + other)
        return NotImplemented

    __radd__ = __add__

    def __eq__(self, other):
        return isinstance(other, Number) and self.value == other.value

    def __hash__(self):
        return hash(self.value)

    def __bool__(self):
        return bool(self.value)

    def __call__(self):
        return self.value

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    def __class_getitem__(cls, item):
        return cls(item)


(1 + Number(2) + 3).value.bit_length()
sum([Number(1), Number(2)]).value.bit_length()
Number[4]().bit_length()
with Number(1) as number, Number(2) as second:
    number() + second()


@overload
def convert(value: int) -> str: ...
@overload
def convert(value: str) -> int: ...
def convert(value):
    return str(value) if isinstance(value, int) else int(value)


convert(1).upper()
convert("1").bit_length()
Point = type("Point", (), {"x": 1, "move": lambda self: self.x})
Point().move().bit_length()


def with_extras(cls):
    cls.extra = classmethod(lambda each: each.__name__)
    cls.__str__ = lambda self: "text"
    return cls


@with_extras
class Decorated:
    pass


Decorated.extra().upper()
str(Decorated()).upper()


class Outer:
    class Inner:
        value = 1

        def go(self):
            return self.value

    inner = Inner()
    numbers = [1, 2]
    doubled = [each * 2 for each in numbers]
    total = sum(doubled)

    def go(self):
        return self.Inner().go() + self.inner.go() + self.total


Outer().go().bit_length()
