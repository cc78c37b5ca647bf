from bisect import insort
from collections import defaultdict, deque
from typing import Dict, List


class Wrapper:
    def __init__(self, callback, meta):
        self.callback = callback
        self.meta = meta

    def __lt__(self, other):
        return self.meta < other.meta

    def call(self):
        return self.callback()


class Executor:
    def __init__(self):
        self.items: List[Wrapper] = deque()
        self.seen = set()

    def __iter__(self):
        return iter(self.items)

    def add(self, key, meta, builder):
        if key in self.seen:
            return
        self.seen.add(key)
        wrapper = Wrapper(callback=builder(), meta=meta)
        insort(self.items, wrapper)

    def call(self):
        return [each.call() for each in self]


class Registry:
    def __init__(self) -> None:
        self._registry: Dict[str, Executor] = defaultdict(Executor)

    def __getitem__(self, key: str) -> Executor:
        return self._registry[key]

    def call(self, key: str):
        if key not in self._registry:
            return []
        return self._registry[key].call()


def one():
    return 1


def two():
    return 2


def run():
    registry = Registry()
    for function in (one, two):
        registry["a"].add(function.__name__, 1, lambda: function)
    registry.call("a")


run()


class Counter:
    def __init__(self):
        self.count = 0

    def add(self):
        self.count += 1


counters = defaultdict(Counter)


def add(name):
    counters["all"].add()
    counters[name].add()


def read():
    return counters["all"].count, counters.get("none")


add("a")
read()
