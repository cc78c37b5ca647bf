from collections import deque


def one():
    pass


queue = deque([one])
queue.popleft()()
