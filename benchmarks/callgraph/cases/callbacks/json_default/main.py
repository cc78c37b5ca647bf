import json


def encode(value):
    return str(value)


json.dumps(object, default=encode)
