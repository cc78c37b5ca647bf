def size(value):
    return len(value)


sorted(["bb", "a"], key=lambda value: size(value))
