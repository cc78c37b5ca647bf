def one():
    pass


def two():
    pass


current = one


def switch():
    global current
    current = two


def run():
    current()


run()
switch()
run()
