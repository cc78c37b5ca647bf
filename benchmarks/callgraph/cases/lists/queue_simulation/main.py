from collections import deque


class Event:
    def __init__(self, action):
        self.action = action


class Loop:
    def __init__(self):
        self.queue = deque()

    def post(self, action):
        self.queue.append(Event(action))

    def run(self):
        while self.queue:
            event = self.queue.popleft()
            event.action(self)


def first(loop):
    loop.post(second)


def second(loop):
    return None


loop = Loop()
loop.post(first)
loop.run()
