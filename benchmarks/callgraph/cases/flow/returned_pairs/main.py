def one():
    pass


def two():
    pass


def three():
    pass


def pair(flag):
    if flag:
        return one, 1
    return two, 2


def choose(flag):
    match flag:
        case True:
            return [one]
        case _:
            return [three]


def main(flag):
    function, _ = pair(flag)
    function()
    choose(flag)[0]()


main(len("x") == 1)
main(len("") == 1)
