class Meta(type):
    def describe(cls):
        pass


class Tool(metaclass=Meta):
    pass


Tool.describe()
