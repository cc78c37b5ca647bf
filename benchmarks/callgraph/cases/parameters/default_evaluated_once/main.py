def maker():
    return []


def append(value, target=maker()):
    target.append(value)
    return target


append(1)
append(2)
