def f1():
    pass


def f2():
    pass


def call(first=f1, second=f2):
    first()
    second()


options = {"first": f2}
call(**options)
call(*[f1])
