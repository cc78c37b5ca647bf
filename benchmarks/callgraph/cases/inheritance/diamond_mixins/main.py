class Base:
    def setup(self):
        pass


class Logging(Base):
    def setup(self):
        super().setup()
        self.log()

    def log(self):
        pass


class Caching(Base):
    def setup(self):
        super().setup()


class Service(Logging, Caching):
    def setup(self):
        super().setup()


Service().setup()
