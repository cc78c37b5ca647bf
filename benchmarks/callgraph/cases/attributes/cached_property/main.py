import functools


class User:
    @functools.cached_property
    def name(self):
        return load()


def load():
    return "me"


User().name
