class Circle:
    def draw(self):
        pass


class Square:
    def draw(self):
        pass


def show(shape):
    match shape:
        case Circle():
            shape.draw()
        case Square() as square:
            square.draw()


show(Circle())
show(Square())
