TABLE = []


def add(function):
    TABLE.append(function)


def run():
    for function in TABLE:
        function()


def one():
    return 1


def two():
    return 2


add(one)
run()
TABLE[:] = [two]
run()
