class Base:
    def __init__(self, value):
        self.value = value

    def show(self):
        return self.value()


def one():
    return 1


Child = type("Child", (Base,), {})
Child(one).show()
