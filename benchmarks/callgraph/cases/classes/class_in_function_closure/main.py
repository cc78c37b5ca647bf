def make(f):
    class Local:
        def run(self):
            return f()

    return Local


def one():
    pass


make(one)().run()
