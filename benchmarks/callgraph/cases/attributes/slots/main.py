class Point:
    __slots__ = ("action",)

    def __init__(self, action):
        self.action = action


def work():
    pass


Point(work).action()
