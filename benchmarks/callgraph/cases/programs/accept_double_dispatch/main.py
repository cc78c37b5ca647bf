class Circle:
    def accept(self, visitor):
        return visitor.visit_circle(self)


class Square:
    def accept(self, visitor):
        return visitor.visit_square(self)


class AreaVisitor:
    def visit_circle(self, shape):
        return 3

    def visit_square(self, shape):
        return 4


class NameVisitor:
    def visit_circle(self, shape):
        return self.label("circle")

    def visit_square(self, shape):
        return self.label("square")

    def label(self, text):
        return text.title()


shapes = [Circle(), Square()]
for visitor in (AreaVisitor(), NameVisitor()):
    for shape in shapes:
        shape.accept(visitor)
