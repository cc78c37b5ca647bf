import json


class Point:
    def __init__(self, x):
        self.x = x


def default(value):
    return to_dict(value)


def to_dict(value):
    return {"x": value.x}


def hook(found):
    return Point(found["x"])


class Encoder(json.JSONEncoder):
    def default(self, value):
        return to_dict(value)


def dump():
    return json.dumps(Point(1), default=default)


def dump_by_class():
    return json.dumps([Point(2)], cls=Encoder)


def load(text):
    return json.loads(text, object_hook=hook)


load(dump())
dump_by_class()
