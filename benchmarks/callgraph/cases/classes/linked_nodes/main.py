class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

    def last(self):
        node = self
        while node.next:
            node = node.next
        return node

    def call(self):
        return self.value()


def a():
    return 1


def b():
    return 2


Node(a, Node(b)).last().call()
