def step():
    return 1


def ok():
    return 2


def done():
    return 3


def recover():
    return 4


def run(f):
    try:
        f()
    except ZeroDivisionError:
        recover()
    else:
        ok()
    finally:
        done()


def bad():
    return 1 / 0


run(step)
run(bad)
