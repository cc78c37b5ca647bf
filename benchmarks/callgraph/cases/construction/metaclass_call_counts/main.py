class Counting(type):
    def __call__(cls, *args, **kwargs):
        cls.bump()
        return super().__call__(*args, **kwargs)

    def bump(cls):
        cls.count = getattr(cls, "count", 0) + 1


class Thing(metaclass=Counting):
    def __init__(self, n):
        self.n = n

    def show(self):
        return self.n


Thing(1).show()
