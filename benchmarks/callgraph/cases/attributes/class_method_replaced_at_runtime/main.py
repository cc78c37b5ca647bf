class A:
    def run(self):
        return 1


def other(self):
    return 2


a = A()
a.run()
A.run = other
a.run()
