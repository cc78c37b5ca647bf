def make(callback):
    class Handler:
        def run(self): callback()
    return Handler
def one(): pass
def two(): pass
make(one)().run()
make(two)
