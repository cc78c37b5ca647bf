from typing import Type


class Tool:
    def __init__(self):
        pass


def build(cls: Type[Tool]):
    return cls()


build(Tool)
