class Tool:
    def __init__(self):
        pass

    def use(self):
        pass


def get_class():
    return Tool


get_class()().use()
