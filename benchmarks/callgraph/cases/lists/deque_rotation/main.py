from collections import deque


def one():
    pass


queue = deque([one])
queue.appendleft(one)
queue.popleft()()
