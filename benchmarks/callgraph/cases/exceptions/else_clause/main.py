def work():
    pass


def after():
    pass


try:
    work()
except ValueError:
    pass
else:
    after()
