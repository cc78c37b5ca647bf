class Registry(dict):
    def register(self, name, function):
        self[name] = function

    def run(self, name):
        return self[name]()


def one():
    pass


registry = Registry()
registry.register("a", one)
registry.run("a")
registry["a"]()
registry.get("a")()
