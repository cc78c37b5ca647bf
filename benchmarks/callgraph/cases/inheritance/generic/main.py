from typing import Generic, TypeVar

T = TypeVar("T")


class Box(Generic[T]):
    def __init__(self, item):
        self.item = item

    def get(self):
        return self.item


class Tool:
    def use(self):
        pass


class ToolBox(Box[Tool]):
    pass


ToolBox(Tool()).get().use()
