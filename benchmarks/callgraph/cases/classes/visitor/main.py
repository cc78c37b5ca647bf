class Number:
    def accept(self, visitor):
        return visitor.visit_number(self)


class Sum:
    def accept(self, visitor):
        return visitor.visit_sum(self)


class Printer:
    def visit_number(self, node):
        pass

    def visit_sum(self, node):
        pass


for node in (Number(), Sum()):
    node.accept(Printer())
