class A:
    pass


def make(name):
    def method(self):
        return name

    return method


for name in ("start", "stop"):
    setattr(A, name, make(name))
A().start()
