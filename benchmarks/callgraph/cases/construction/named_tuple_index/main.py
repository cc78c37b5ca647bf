from typing import NamedTuple


class P(NamedTuple):
    f: object
    g: object

    def call(self):
        self.f()


def a():
    pass


def b():
    pass


p = P(a, b)
p.call()
p.g()
x, y = p
y()
p[0]()
