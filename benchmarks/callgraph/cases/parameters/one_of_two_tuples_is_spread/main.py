class Left:
    def go(self):
        return "left"


class Right:
    def go(self):
        return "right"


def first(one, other):
    return one.go()


def call(flag):
    if flag:
        given = (Left(), Right())
    else:
        given = (Left(), None)
    return first(*given)


call(True)
call(False)
