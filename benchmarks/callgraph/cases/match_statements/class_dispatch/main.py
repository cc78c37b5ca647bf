class Circle:
    __match_args__ = ("r",)

    def __init__(self, r):
        self.r = r

    def area(self):
        return 1


class Square:
    def __init__(self, s):
        self.s = s

    def area(self):
        return 2


def total(shape):
    match shape:
        case Circle(r=r):
            return shape.area()
        case Square():
            return shape.area()
        case _:
            return unknown()


def unknown():
    pass


total(Circle(1))
total(Square(2))
total(3)
