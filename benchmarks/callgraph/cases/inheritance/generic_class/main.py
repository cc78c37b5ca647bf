from typing import Generic, TypeVar

T = TypeVar("T")


class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: list[T] = []

    def push(self, item: T) -> None:
        self.items.append(item)

    def pop(self) -> T:
        return self.items.pop()


class Job:
    def run(self) -> None:
        pass


stack: Stack[Job] = Stack()
stack.push(Job())
stack.pop().run()
