import functools


class A:
    @functools.lru_cache(maxsize=None)
    def run(self):
        return helper()

    @functools.cached_property
    def prop(self):
        return helper


def helper():
    pass


A().run()
A().prop()
