class Registry:
    items = {}

    def add(self, name, function):
        self.items[name] = function

    def run(self, name):
        self.items[name]()


def work():
    pass


registry = Registry()
registry.add("work", work)
registry.run("work")
