class Base:
    serializer = None

    def get(self):
        return self.serializer().dump()


class Json:
    def dump(self):
        pass


class View(Base):
    serializer = Json


View().get()
