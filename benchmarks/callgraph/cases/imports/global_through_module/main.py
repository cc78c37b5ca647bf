import state


def work():
    pass


def install():
    state.handler = work


install()
state.handler()
