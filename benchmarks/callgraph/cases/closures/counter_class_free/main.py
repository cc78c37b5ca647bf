def make():
    handlers = []

    def add(f):
        handlers.append(f)
        return f

    def fire():
        for f in handlers:
            f()

    return add, fire


add, fire = make()


@add
def one():
    pass


fire()
