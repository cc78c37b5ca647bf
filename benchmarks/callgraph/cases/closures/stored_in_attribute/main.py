class Timer:
    def __init__(self):
        def tick():
            return self.fire()

        self.tick = tick
        self.hook = None

    def fire(self):
        if self.hook:
            return self.hook()
        return None


def hook():
    return "h"


t = Timer()
t.tick()
t.hook = hook
t.tick()
