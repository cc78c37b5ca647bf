class A:
    def f(self):
        return 1

    def call(self):
        return self.f()


def patched(self):
    return 2


A.f = patched
A().call()
