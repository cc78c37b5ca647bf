class Total:
    def show(self):
        return "total"


def adder():
    yield 1
    return Total()


def drain(generator):
    while True:
        try:
            next(generator)
        except StopIteration as stop:
            return stop.value


drain(adder()).show()
