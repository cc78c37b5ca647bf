import functools


class method_cache:
    def __init__(self, function):
        self.function = function

    def __get__(self, instance, owner):
        return functools.partial(self, instance)

    def __call__(self, instance):
        return self.function(instance)


class A:
    @method_cache
    def value(self):
        return helper()


def helper():
    pass


A().value()
