def dial():
    pass


def send():
    dial()
