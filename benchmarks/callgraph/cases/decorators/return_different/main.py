def dec1(f):
    return f


def dec2(f):
    return other


def other():
    pass


@dec1
@dec2
def func():
    pass


func()
