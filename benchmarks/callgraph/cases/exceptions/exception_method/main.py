class Failure(Exception):
    def describe(self):
        pass


def fail():
    raise Failure


try:
    fail()
except Failure as error:
    error.describe()
