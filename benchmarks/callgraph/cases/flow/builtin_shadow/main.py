def print(*args):
    return fmt(args)


def fmt(args):
    return args


print("x")


class len:
    def __init__(self, x):
        self.x = x


len("x")
