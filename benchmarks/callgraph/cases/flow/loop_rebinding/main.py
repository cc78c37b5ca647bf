def f():
    return g


def g():
    return h


def h():
    return None


func = f
while func:
    func = func()
