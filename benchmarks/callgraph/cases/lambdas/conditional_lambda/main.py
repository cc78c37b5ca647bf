pick = lambda flag: (lambda: yes()) if flag else (lambda: no())


def yes():
    return 1


def no():
    return 2


pick(True)()
pick(False)()
