class A:
    def run(self):
        return "a"


class B:
    def go(self):
        return "b"


def handle(thing):
    if isinstance(thing, (list, tuple)):
        for each in thing:
            handle(each)
    elif isinstance(thing, A):
        thing.run()
    elif callable(getattr(thing, "go", None)):
        thing.go()


handle([A(), B()])
