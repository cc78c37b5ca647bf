def one():
    pass


def two():
    pass


table = {"run": (one, two)}
first, second = table["run"]
second()
