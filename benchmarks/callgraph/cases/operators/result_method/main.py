class Vector:
    def __mul__(self, factor):
        return self

    def show(self):
        pass


(Vector() * 2).show()
