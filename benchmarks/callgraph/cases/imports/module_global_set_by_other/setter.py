import state


def install():
    state.handler = work


def work():
    pass
