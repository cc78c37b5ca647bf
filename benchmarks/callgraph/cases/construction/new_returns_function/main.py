from functools import partial


class task:
    def __new__(cls, function=None, *, name=None):
        if function is None:
            return partial(task, name=name)
        self = object.__new__(cls)
        self.function = function
        return self

    def __call__(self):
        return self.function()


@task(name="a")
def work():
    pass


work()
