def hello(self):
    return self.name()


def name(self):
    return "x"


Cls = type("Cls", (), {"hello": hello, "name": name})
Cls().hello()
