def func(a):
    a()
    a = second
    a()


def first():
    pass


def second():
    pass


func(first)
