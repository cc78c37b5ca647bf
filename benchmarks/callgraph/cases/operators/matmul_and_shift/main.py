class Task:
    def __rshift__(self, other):
        return other

    def __matmul__(self, other):
        return self

    def run(self):
        pass


(Task() >> Task()).run()
(Task() @ Task()).run()
