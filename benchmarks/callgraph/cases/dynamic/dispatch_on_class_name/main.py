class Node:
    def accept(self, visitor):
        return getattr(visitor, "visit_" + self.__class__.__name__)(self)


class Number(Node):
    pass


class Text(Node):
    pass


class Visitor:
    def visit_Number(self, node):
        return 1

    def visit_Text(self, node):
        return 2

    def walk(self, nodes: list[Node]):
        for node in nodes:
            node.accept(self)


Visitor().walk([Number(), Text()])
