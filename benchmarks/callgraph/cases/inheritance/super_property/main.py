class Base:
    @property
    def handler(self):
        return one


class Child(Base):
    @property
    def handler(self):
        return super().handler


def one():
    pass


Child().handler()
