def work():
    pass


handler = None


def install():
    global handler
    handler = work


install()
handler()
