from collections import UserDict


class Cache(UserDict):
    def popitem(self):
        return self.data.popitem()

    def __getitem__(self, key):
        return self.data[key]

    def __iter__(self):
        return iter(self.data)


class Plain(UserDict):
    def __iter__(self):
        return iter(self.data)


cache = Cache()
cache.data = {"a": 1}
cache["a"]
list(cache)
plain = Plain()
plain["a"] = 1


def empty():
    cache.clear()


def empty_plain():
    plain.clear()


empty()
empty_plain()
