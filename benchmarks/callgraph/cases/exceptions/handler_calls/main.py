def fail():
    raise ValueError("wrong")


def recover(error):
    pass


try:
    fail()
except ValueError as error:
    recover(error)
