from typing import Callable, TypedDict


class Hooks(TypedDict):
    start: Callable[[], int]
    stop: Callable[[], int]


def begin():
    return 1


def end():
    return 2


hooks: Hooks = {"start": begin, "stop": end}
hooks["start"]()
other = Hooks(start=end, stop=begin)
other["stop"]()
