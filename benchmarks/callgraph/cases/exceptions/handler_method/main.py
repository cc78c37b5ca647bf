class Failure(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code

    def explain(self):
        return self.text()

    def text(self):
        return str(self.code)


def fail():
    raise Failure(3)


try:
    fail()
except Failure as error:
    error.explain()
