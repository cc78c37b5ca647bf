def read(lines):
    for line in lines:
        yield line.strip()


def transform(items, func):
    for item in items:
        yield func(item)


def keep(items, predicate):
    for item in items:
        if predicate(item):
            yield item


def upper(s):
    return s.upper()


def is_long(s):
    return len(s) > 1


for _ in keep(transform(read(["a ", "bb "]), upper), is_long):
    pass
