hook = None


def fire():
    hook()
