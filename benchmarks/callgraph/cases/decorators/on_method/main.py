def trace(function):
    def inner(self):
        return function(self)

    return inner


class Service:
    @trace
    def run(self):
        pass


Service().run()
