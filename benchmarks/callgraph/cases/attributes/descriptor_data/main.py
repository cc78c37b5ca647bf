class Positive:
    def __get__(self, instance, owner):
        return read(instance)

    def __set__(self, instance, value):
        check(value)
        instance.__dict__["_x"] = value

    def __delete__(self, instance):
        drop(instance)


def read(instance):
    return instance.__dict__["_x"]


def check(value):
    pass


def drop(instance):
    pass


class Point:
    x = Positive()


p = Point()
p.x = 3
p.x
del p.x
