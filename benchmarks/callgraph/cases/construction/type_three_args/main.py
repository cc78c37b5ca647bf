def greet(self):
    return self.name()


def name(self):
    return "n"


Person = type("Person", (), {"greet": greet, "name": name})
Person().greet()


class Base:
    def hello(self):
        return self.greet()


Child = type("Child", (Base,), {"greet": lambda self: "yo"})
Child().hello()
