class Base:
    def __add__(self, other):
        return self.join(other)

    def join(self, other):
        return self


class Text(Base):
    def join(self, other):
        return other


Text() + Text()
