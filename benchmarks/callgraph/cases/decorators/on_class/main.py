def register(cls):
    registry.append(cls)
    return cls


registry = []


@register
class Service:
    def __init__(self):
        pass


Service()
