class A:
    def run(self):
        pass

    @staticmethod
    def stat():
        pass


A.__dict__["run"](A())
vars(A)["run"](A())
