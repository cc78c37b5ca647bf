class Node:
    pass


class Num(Node):
    pass


class Add(Node):
    def __init__(self, left, right):
        self.left = left
        self.right = right


class Visitor:
    def visit(self, node):
        method = getattr(self, "visit_" + type(node).__name__, self.generic)
        return method(node)

    def generic(self, node):
        return None


class Evaluator(Visitor):
    def visit_Num(self, node):
        return 1

    def visit_Add(self, node):
        return self.visit(node.left) + self.visit(node.right)


Evaluator().visit(Add(Num(), Num()))
