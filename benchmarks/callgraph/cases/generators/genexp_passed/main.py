def f1():
    return 1


def consume(gen):
    for x in gen:
        x()


consume(f for f in [f1])
