class Base:
    def run(self):
        return 1


def helper():
    return 2


def extra():
    return 3
