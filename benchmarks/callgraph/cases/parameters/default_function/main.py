def default_formatter(x):
    return str(x)


def custom(x):
    return repr(x)


def show(x, formatter=default_formatter):
    return formatter(x)


def plain(x):
    return show(x)


def fancy(x):
    return show(x, formatter=custom)


plain(1)
fancy(2)
