def outer(flag):
    def dec(f):
        def inner(*args, **kwargs):
            if flag:
                before()
            return f(*args, **kwargs)

        return inner

    return dec


def before():
    pass


@outer(True)
def func(x):
    return x


func(1)
