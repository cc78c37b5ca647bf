import sys


class A:
    if sys.maxsize > 0:

        def run(self):
            return new()

    else:

        def run(self):
            return old()


def new():
    pass


def old():
    pass


A().run()
