def one():
    pass


def two():
    pass


def receiver():
    while True:
        function = yield
        function()


machine = receiver()
next(machine)
machine.send(one)
machine.send(two)
