class Watched:
    def __setattr__(self, name, value):
        check(value)


def check(value):
    pass


Watched().value = 1
