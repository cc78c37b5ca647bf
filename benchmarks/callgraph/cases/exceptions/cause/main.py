class Inner(Exception):
    def detail(self):
        pass


class Outer(Exception):
    def detail(self):
        pass


def work():
    try:
        raise Inner()
    except Inner as inner:
        raise Outer() from inner


try:
    work()
except Outer as outer:
    outer.__cause__.detail()
