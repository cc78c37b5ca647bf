def a():
    return 1


def b():
    return 2


def c():
    return 3


stack = [a, b]
stack.append(c)
stack.pop()()
stack[-1]()
stack.insert(0, c)
stack[0]()
