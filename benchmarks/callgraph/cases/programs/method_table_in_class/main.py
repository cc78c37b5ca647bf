class Machine:
    def __init__(self):
        self.table = {
            "push": self._push,
            "pop": self._pop,
        }
        self.stack = []

    def _push(self, x):
        self.stack.append(x)

    def _pop(self, _):
        return self.stack.pop()

    def step(self, name, arg=None):
        return self.table[name](arg)


m = Machine()
m.step("push", 1)
m.step("pop")
