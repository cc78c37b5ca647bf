def dec(f):
    def inner():
        f()
        extra()

    return inner


def extra():
    pass


def func():
    pass


wrapped = dec(func)
wrapped()
func()
