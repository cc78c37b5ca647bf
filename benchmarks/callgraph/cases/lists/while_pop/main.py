def f1():
    pass


def f2():
    pass


stack = [f1, f2]
while stack:
    stack.pop()()
