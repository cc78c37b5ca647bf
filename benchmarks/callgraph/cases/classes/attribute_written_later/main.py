class Node:
    handler = None

    def fire(self):
        return self.handler(self)


def first(node):
    return 1


def second(node):
    return 2


n = Node()
n.handler = first
n.fire()
n.handler = second
n.fire()
