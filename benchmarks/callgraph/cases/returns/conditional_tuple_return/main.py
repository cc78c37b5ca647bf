def pick(flag):
    if flag:
        return yes, "yes"
    return no, "no"


def yes():
    return 1


def no():
    return 0


action, name = pick(True)
action()
