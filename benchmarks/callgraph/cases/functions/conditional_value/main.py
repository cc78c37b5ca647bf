def new():
    pass


def old():
    pass


for modern in (True, False):
    run = new if modern else old
    run()
