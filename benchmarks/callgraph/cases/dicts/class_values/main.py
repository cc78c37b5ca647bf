class One:
    def __init__(self):
        pass

    def run(self):
        pass


class Two:
    def __init__(self):
        pass


registry = {"one": One, "two": Two}
registry["one"]().run()
