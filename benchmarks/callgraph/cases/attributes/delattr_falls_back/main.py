class A:
    def run(self):
        pass


def other():
    pass


a = A()
a.run = other
a.run()
del a.run
a.run()
