class A:
    def __init__(self):
        self.f = self.g

    def g(self):
        pass

    def run(self):
        self.f()


a = A()
a.run()
x = a
x.f()
