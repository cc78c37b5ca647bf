class Lazy:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner):
        if instance is None:
            return self
        return self.function(instance)


class A:
    @Lazy
    def value(self):
        return 1


A().value
A.value
