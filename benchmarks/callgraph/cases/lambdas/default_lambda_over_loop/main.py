def one():
    return 1


def two():
    return 2


calls = [lambda f=f: f() for f in (one, two)]
calls[0]()
for each in calls:
    each()
