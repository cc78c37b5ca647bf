from functools import partial


def one():
    pass


def apply(times, function=None):
    function()


partial(apply, function=one)(1)
