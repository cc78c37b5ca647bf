def step():
    return False


def after():
    pass


while step():
    pass
else:
    after()
