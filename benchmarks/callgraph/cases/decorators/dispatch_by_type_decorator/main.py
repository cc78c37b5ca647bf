class Dispatcher:
    def __init__(self):
        self.funcs = {}

    def register(self, typ):
        def deco(func):
            self.funcs[typ] = func
            return self

        return deco

    def __call__(self, arg):
        return self.funcs[type(arg)](arg)


area = Dispatcher()


@area.register(int)
def area(x):
    return x


@area.register(str)
def area(x):
    return len(x)


area(1)
area("x")
