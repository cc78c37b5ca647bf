import sys

if sys.version_info >= (3, 0):

    def text(x):
        return new(x)
else:

    def text(x):
        return x


def new(x):
    return x


text("a")
