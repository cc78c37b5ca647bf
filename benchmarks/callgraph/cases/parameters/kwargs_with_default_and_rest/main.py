def call(name, /, *functions, last=None, **named):
    for function in functions:
        function()
    if last:
        last()
    named[name]()


def a():
    return 1


def b():
    return 2


def c():
    return 3


call("k", a, last=b, k=c)
