def first[T](items: list[T]) -> T:
    return items[0]


def work():
    pass


first([work])()
