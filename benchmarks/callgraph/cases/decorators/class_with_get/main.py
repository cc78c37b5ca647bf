import functools


class bound_log:
    def __init__(self, function):
        functools.update_wrapper(self, function)
        self.function = function

    def __get__(self, instance, owner):
        return functools.partial(self, instance)

    def __call__(self, *args, **kwargs):
        before()
        return self.function(*args, **kwargs)


def before():
    return None


class Service:
    @bound_log
    def serve(self):
        return self.help()

    def help(self):
        return 1


Service().serve()
