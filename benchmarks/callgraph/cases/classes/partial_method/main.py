from functools import partialmethod


class A:
    def base(self, x):
        self.n()

    go = partialmethod(base, 1)

    def n(self):
        pass


A().go()
