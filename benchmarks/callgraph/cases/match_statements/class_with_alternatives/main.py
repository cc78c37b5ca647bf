class Shape:
    __match_args__ = ("size",)

    def __init__(self, size):
        self.size = size


class Circle(Shape):
    pass


class Square(Shape):
    pass


class Line(Shape):
    pass


def area(shape):
    match shape:
        case Circle(0):
            return nothing()
        case Circle(size) | Square(size):
            return filled(size)
        case Shape() as other:
            return thin(other)
        case _:
            return unknown()


def nothing():
    return 0


def filled(size):
    return size


def thin(shape):
    return shape.size


def unknown():
    return None


area(Circle(0))
area(Circle(1))
area(Square(2))
area(Line(3))
area(None)
