class Source:
    def __init__(self, *functions):
        self.functions = functions

    def each(self):
        for function in self.functions:
            yield function


def one():
    pass


def two():
    pass


for function in Source(one, two).each():
    function()
