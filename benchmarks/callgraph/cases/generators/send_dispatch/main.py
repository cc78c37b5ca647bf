def switch():
    current = yield
    while current is not None:
        current = yield current()


def red():
    return "red"


def blue():
    return "blue"


machine = switch()
next(machine)
machine.send(red)
machine.send(blue)
