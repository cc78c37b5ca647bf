from functools import partial


def one():
    pass


def apply(function):
    function()


partial(apply, one)()
