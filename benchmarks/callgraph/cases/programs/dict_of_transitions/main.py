def on_open():
    return "opened"


def on_close():
    return "closed"


def on_lock():
    return "locked"


TRANSITIONS = {
    ("closed", "open"): ("open", on_open),
    ("open", "close"): ("closed", on_close),
    ("closed", "lock"): ("locked", on_lock),
}


class Door:
    def __init__(self):
        self.state = "closed"

    def fire(self, event):
        self.state, action = TRANSITIONS[(self.state, event)]
        return action()


door = Door()
door.fire("open")
door.fire("close")
door.fire("lock")
