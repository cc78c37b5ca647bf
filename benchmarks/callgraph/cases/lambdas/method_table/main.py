class Calc:
    ops = {
        "+": lambda self, x: self.add(x),
        "-": lambda self, x: self.sub(x),
    }

    def __init__(self):
        self.v = 0

    def add(self, x):
        self.v += x
        return self

    def sub(self, x):
        self.v -= x
        return self

    def do(self, op, x):
        return self.ops[op](self, x)


Calc().do("+", 1).do("-", 2)
