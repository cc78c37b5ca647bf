import heapq


class Task:
    def __init__(self, pri, fn):
        self.pri = pri
        self.fn = fn

    def __lt__(self, other):
        return self.pri < other.pri


def low():
    return 1


def high():
    return 2


heap = []
heapq.heappush(heap, Task(2, low))
heapq.heappush(heap, Task(1, high))
while heap:
    heapq.heappop(heap).fn()
