from enum import Enum
from functools import partial


def shout(s):
    return s.upper()


def quiet(s):
    return s.lower()


class Style(Enum):
    LOUD = partial(shout)
    SOFT = partial(quiet)

    def __call__(self, s):
        return self.value(s)


Style.LOUD("x")
Style.SOFT("y")
