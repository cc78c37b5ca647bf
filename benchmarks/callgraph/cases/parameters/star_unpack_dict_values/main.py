def one():
    pass


def two():
    pass


def run(first, second):
    first()
    second()


run(*{"a": one, "b": two}.values())
run(*(f for f in (one, two)))
