class Base:
    @property
    def kind(self):
        return self.compute()

    def compute(self):
        return 1


class Special(Base):
    def compute(self):
        return 2


Special().kind
