def task_a():
    return 1


def task_b():
    return 2


for name in ("a", "b"):
    globals()["task_" + name]()
