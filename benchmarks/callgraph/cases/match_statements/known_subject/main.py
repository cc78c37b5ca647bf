def f():
    pass


def g():
    pass


def run(c):
    match c:
        case "a":
            f()
        case _:
            g()


run("a")
