from dataclasses import dataclass


@dataclass
class Move:
    x: int
    y: int


@dataclass
class Quit:
    code: int


def move(x, y):
    return x + y


def leave(code):
    return code


def handle(cmd):
    match cmd:
        case Move(x, y):
            return move(x, y)
        case Quit(code=c):
            return leave(c)
        case _:
            return None


handle(Move(1, 2))
handle(Quit(0))
