def work():
    pass


def other():
    pass


def main(work):
    work()


main(other)
