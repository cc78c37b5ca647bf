import functools
from functools import cached_property
from types import SimpleNamespace


class Typed:
    def __init__(self, kind, default=None):
        self.kind = kind
        self.default = default

    def __set_name__(self, owner, name):
        self.name = f"_{name}"

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return getattr(instance, self.name, self.default)

    def __set__(self, instance, value):
        setattr(instance, self.name, self.kind(value))


class Service:
    port = Typed(int, 80)
    host = Typed(str)
    _registry = {}

    def __init__(self, **values):
        for name, value in values.items():
            setattr(self, name, value)

    @property
    def url(self):
        return f"{self.host}:{self.port}"

    @url.setter
    def url(self, value):
        self.host, _, port = value.partition(":")
        self.port = port or 80

    @url.deleter
    def url(self):
        self.host = ""

    @cached_property
    def connection(self):
        return SimpleNamespace(open=True, close=lambda: None)

    def __getattr__(self, name):
        if name.startswith("get_"):
            return lambda: name[4:]
        raise AttributeError(name)


service = Service(host="x", port="81", flavour="sweet")
service.port.bit_length()
service.flavour.upper()
service.url = "y:9"
service.url.upper()
del service.url
service.connection.close()
service.connection.open
service.get_anything().upper()
Service.port.name
Service.port.kind("3")


class Lazy:
    def __init__(self, make):
        self._make = make
        self._made = None

    def __getattr__(self, name):
        if self._made is None:
            self._made = self._make()
        return getattr(self._made, name)


client = Lazy(lambda: Service(host="z"))
client.url.upper()


class classproperty:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner):
        return self.function(owner)


class Config:
    prefix = "app"

    @classproperty
    def name(cls):
        return cls.prefix + "_name"


Config.name.upper()
Config().name.upper()


class Slotted:
    __slots__ = ("a", "__dict__")

    def __init__(self):
        self.a = 1
        self.b = 2


Slotted().b.bit_length()


class Attributes(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__


bag = Attributes(a=1)
bag.b = 2
bag.a.bit_length() + bag.b


class Mangled:
    def __init__(self):
        self.__value = 1

    def value(self):
        return self.__value


Mangled().value().bit_length()
Mangled()._Mangled__value.bit_length()


class Counter:
    count = 0

    def __init__(self):
        type(self).count += 1
        self.__class__.latest = self


Counter()
Counter.latest.count.bit_length()


class Partial:
    def _do(self, what, *, loud=False):
        return what.upper() if loud else what

    shout = functools.partialmethod(_do, loud=True)
    alias = _do


Partial().shout("x").lower()
Partial().alias("x").lower()


class Proxy:
    def __init__(self, target):
        self.__dict__.update(vars(target))
        self.target = target


Proxy(SimpleNamespace(colour="red")).colour.upper()


class Patched:
    pass


Patched.method = lambda self: "x"
Patched().method().upper()
patched = Patched()
patched.attribute = 1
patched.attribute.bit_length()
setattr(Patched, "computed_" + "name", property(lambda self: 1))
Patched().computed_name.bit_length()
