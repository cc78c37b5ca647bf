from typing import Callable


def f1():
    pass


a: Callable = f1
a()
b: Callable
b = a
b()
