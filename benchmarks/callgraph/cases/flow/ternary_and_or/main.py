def yes():
    return True


def no():
    return False


def pick(flag):
    return yes if flag else no


pick(True)()
pick(False)()
(None or yes)()
(yes and no)()
