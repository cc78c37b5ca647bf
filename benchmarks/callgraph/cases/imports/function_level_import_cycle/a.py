def start():
    from b import go

    go()


def finish():
    pass
