class Tree:
    def __init__(self, value, *children):
        self.value = value
        self.children = children

    def walk(self, visit):
        visit(self)
        for child in self.children:
            child.walk(visit)

    def __iter__(self):
        yield self
        for child in self.children:
            yield from child


def show(node):
    return node.value


t = Tree(1, Tree(2), Tree(3, Tree(4)))
t.walk(show)
for node in t:
    show(node)
