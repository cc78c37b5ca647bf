class Meta(type):
    def __call__(cls):
        return super().__call__()


class Tool(metaclass=Meta):
    def __init__(self):
        pass

    def use(self):
        pass


Tool().use()
