def make_counter():
    count = 0

    def step():
        nonlocal count
        count = add(count)
        return count

    return step


def add(value):
    return value + 1


counter = make_counter()
counter()
