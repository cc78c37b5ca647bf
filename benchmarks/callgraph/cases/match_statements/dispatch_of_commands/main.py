from dataclasses import dataclass


@dataclass
class Move:
    x: int


@dataclass
class Stop:
    pass


def move(x):
    pass


def stop():
    pass


def unknown():
    pass


def handle(command):
    match command:
        case Move(x=x):
            move(x)
        case Stop():
            stop()
        case _:
            unknown()


handle(Move(1))
handle(Stop())
