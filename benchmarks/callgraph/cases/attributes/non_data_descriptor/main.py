class Lazy:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner):
        return self.function(instance)


class Model:
    @Lazy
    def value(self):
        return 1


Model().value
