class Base:
    def __init__(self, *, callback, **rest):
        self.callback = callback


class Child(Base):
    def __init__(self, name, **kwargs):
        super().__init__(**kwargs)
        self.name = name

    def fire(self):
        return self.callback(self.name)


def notify(name):
    return name


Child("x", callback=notify).fire()
