def alpha():
    return 1


def beta():
    return 2


names = {alpha: "a", beta: "b"}
for f in names:
    f()
inverse = {v: k for k, v in names.items()}
inverse["a"]()
