def one():
    pass


def two():
    pass


(first, (second, _)) = (one, (two, None))
second()
