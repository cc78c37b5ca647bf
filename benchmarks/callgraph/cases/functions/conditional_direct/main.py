def f1():
    pass


def f2():
    pass


(f1 if f1 is not None else f2)()
(None or f2)()
(f1 and f2)()
