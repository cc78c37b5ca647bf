from pkg.sub import deep


def run():
    deep.work()


def work():
    pass
