def first():
    pass


def second():
    pass


current = first


def switch():
    global current
    current = second


current()
switch()
current()
