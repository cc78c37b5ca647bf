from enum import Enum, auto


class Color(Enum):
    RED = auto()
    BLUE = auto()


def red():
    return 1


def blue():
    return 2


def paint(color):
    match color:
        case Color.RED:
            return red()
        case Color.BLUE:
            return blue()


paint(Color.RED)
paint(Color.BLUE)
