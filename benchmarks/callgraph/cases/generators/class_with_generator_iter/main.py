class Tree:
    def __init__(self, value, children=()):
        self.value = value
        self.children = children

    def __iter__(self):
        yield self.value
        for child in self.children:
            yield from child


def one():
    return 1


def two():
    return 2


for function in Tree(one, [Tree(two)]):
    function()
