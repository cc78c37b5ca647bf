def first():
    second()


def second():
    third()


def third():
    pass


def never():
    pass


first()
