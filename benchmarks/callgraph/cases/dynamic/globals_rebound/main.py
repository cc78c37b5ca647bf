def before():
    pass


def after():
    pass


handler = before
globals()["handler"] = after
handler()
names = vars()
names["other"] = before
other()
