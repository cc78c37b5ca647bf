def f1():
    pass


def f2():
    pass


rows = [[f1, f2], [f2]]
flat = [f for row in rows for f in row]
flat[0]()
[f() for f in rows[1]]
