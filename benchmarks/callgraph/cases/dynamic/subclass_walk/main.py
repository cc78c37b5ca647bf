class Base:
    def run(self):
        return None


class One(Base):
    def run(self):
        return 1


class Two(Base):
    def run(self):
        return 2


for sub in Base.__subclasses__():
    sub().run()
