def make():
    action = start

    def step():
        nonlocal action
        action()
        action = stop

    return step


def start():
    return 1


def stop():
    return 2


step = make()
step()
step()
