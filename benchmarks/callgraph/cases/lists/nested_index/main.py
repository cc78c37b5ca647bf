def f1():
    return 1


def f2():
    return 2


grid = [[f1, None], [None, f2]]
grid[0][0]()
row = grid[1]
row[1]()
(x, y), z = (f1, f2), f1
y()
