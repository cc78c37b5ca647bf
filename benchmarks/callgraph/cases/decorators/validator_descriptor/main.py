class lazy:
    def __init__(self, func):
        self.func = func
        self.name = func.__name__

    def __get__(self, obj, cls):
        if obj is None:
            return self
        value = self.func(obj)
        setattr(obj, self.name, value)
        return value


class Page:
    @lazy
    def content(self):
        return load()


def load():
    return "c"


page = Page()
page.content
page.content
