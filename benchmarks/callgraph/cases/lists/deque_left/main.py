from collections import deque


def f():
    pass


def g():
    pass


q = deque([f])
q.append(g)
q.popleft()()
