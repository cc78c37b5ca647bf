def read():
    yield 1


def parse(items):
    for item in items:
        yield convert(item)


def convert(item):
    return item


for item in parse(read()):
    pass
