class Base:
    def run(self):
        self.step()

    def step(self):
        raise NotImplementedError


class One(Base):
    def step(self):
        pass


class Two(Base):
    def step(self):
        pass


One().run()
Two().run()
