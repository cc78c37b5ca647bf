class Base:
    def __new__(cls, kind):
        if kind == "a":
            return object.__new__(A)
        return object.__new__(B)

    def run(self):
        pass


class A(Base):
    def run(self):
        pass


class B(Base):
    def run(self):
        pass


Base("a").run()
