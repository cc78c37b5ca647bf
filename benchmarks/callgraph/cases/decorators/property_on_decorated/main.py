def trace(function):
    def inner(self):
        return function(self)

    return inner


class Tool:
    @property
    @trace
    def size(self):
        return 1


Tool().size
