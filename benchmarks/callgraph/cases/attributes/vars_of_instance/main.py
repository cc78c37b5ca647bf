def one():
    pass


class A:
    def __init__(self):
        self.action = one


vars(A())["action"]()
A().__dict__["action"]()
