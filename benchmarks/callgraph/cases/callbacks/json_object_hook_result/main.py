import json


class Point:
    def __init__(self, x):
        self.x = x

    def move(self):
        return self.x


def hook(values):
    return Point(values["x"])


point = json.loads('{"x": 1}', object_hook=hook)
point.move()
