def deco(f):
    if f.__name__ == "zzz":
        return other
    return f


def other():
    pass


@deco
def t():
    pass


t()
