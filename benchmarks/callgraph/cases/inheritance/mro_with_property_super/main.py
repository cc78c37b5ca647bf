class A:
    @property
    def value(self):
        return self.base()

    def base(self):
        return 1


class B(A):
    @property
    def value(self):
        return super().value + self.more()

    def more(self):
        return 2


class C(B):
    def base(self):
        return 3


C().value
