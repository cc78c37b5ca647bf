class Shape:
    def area(self):
        return 0


class Sq(Shape):
    def area(self):
        return 1


class Tri(Shape):
    def area(self):
        return 2


class Factory:
    _kinds = {"sq": Sq, "tri": Tri}

    @staticmethod
    def create(kind):
        return Factory._kinds[kind]()


Factory.create("sq").area()
Factory.create("tri").area()
