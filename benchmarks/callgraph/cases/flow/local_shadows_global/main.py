def work():
    pass


def other():
    pass


def main():
    work = other
    work()


main()
work()
