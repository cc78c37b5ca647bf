import enum
from enum import Enum, Flag, IntEnum, StrEnum, auto


class Color(Enum):
    RED = "red"
    BLUE = "blue"
    CRIMSON = "red"

    @property
    def shade(self):
        return self.value[0]

    @classmethod
    def _missing_(cls, value):
        return cls.RED

    def paint(self):
        return self.name.lower()


Color("unknown").paint()
Color.RED.shade.upper()
Color["BLUE"].paint()
Color.CRIMSON.paint()
[each.paint() for each in Color]
Color.__members__["RED"].paint()


class Planet(Enum):
    EARTH = (1.0, "blue")
    MARS = (0.5, "red")

    def __init__(self, mass, colour):
        self.mass = mass
        self.colour = colour

    def describe(self):
        return f"{self.mass} {self.colour.upper()}"


Planet.EARTH.describe().strip()
Planet.MARS.colour.upper()


class Level(IntEnum):
    LOW = 1
    HIGH = 2


max(Level.LOW, Level.HIGH).bit_length()


class Permission(Flag):
    READ = auto()
    WRITE = auto()
    ALL = READ | WRITE


(Permission.READ | Permission.WRITE).name
Permission.READ in Permission.ALL


class Kind(StrEnum):
    ONE = auto()
    TWO = "two"

    @staticmethod
    def first():
        return Kind.ONE


Kind.first().upper()
Kind.TWO.value.upper()
Dynamic = Enum("Dynamic", "A B C")
Dynamic.A.name.lower()
Dynamic["B"].value.bit_length()
Made = Enum("Made", {name.upper(): name for name in ("x", "y")})
Made.X.value.upper()


class Operation(Enum):
    ADD = enum.member(lambda a, b: a + b)
    SUB = enum.member(lambda a, b: a - b)

    def __call__(self, a, b):
        return self.value(a, b)


Operation.ADD(1, 2).bit_length()


class Ordered(Enum):
    def __lt__(self, other):
        return self.value < other.value


class Size(Ordered):
    S = 1
    L = 2


sorted([Size.L, Size.S])[0].name.lower()
handlers = {Color.RED: Color.paint, Color.BLUE: lambda colour: colour.name}
for colour in (Color.RED, Color.BLUE):
    handlers[colour](colour).upper()
match Color("blue"):
    case Color.RED:
        Color.RED.missing
    case Color.BLUE:
        Color.BLUE.paint()


class Named(Enum):
    def _generate_next_value_(name, start, count, last_values):
        return name.split("_")[0].lower()


class Api(Named):
    API_KEY = auto()


Api.API_KEY.value.upper()
