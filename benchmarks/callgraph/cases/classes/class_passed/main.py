class Tool:
    def __init__(self):
        pass

    def use(self):
        pass


def build(cls):
    cls().use()


build(Tool)
