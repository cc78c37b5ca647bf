from contextlib import suppress


class Missing(KeyError):
    pass


def find():
    raise Missing


with suppress(Missing):
    find()
