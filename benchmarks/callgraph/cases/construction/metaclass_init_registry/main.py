class Meta(type):
    registry = []

    def __init__(cls, name, bases, namespace):
        super().__init__(name, bases, namespace)
        Meta.registry.append(cls)


class Tool(metaclass=Meta):
    def run(self):
        pass


for tool_class in Meta.registry:
    tool_class().run()
