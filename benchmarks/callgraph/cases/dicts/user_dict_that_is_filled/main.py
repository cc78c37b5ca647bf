from collections import UserDict


class Handler:
    def run(self):
        pass


class Plain(UserDict):
    pass


class Checked(UserDict):
    def __setitem__(self, key, value):
        super().__setitem__(key, value)


class Told(UserDict):
    def __init__(self, initial):
        UserDict.__init__(self, initial)

    def update(self, other):
        UserDict.update(self, other)


Plain({"a": Handler()})["a"].run()
Checked(a=Handler()).data["a"].run()
Told({"a": Handler()})["a"].run()
