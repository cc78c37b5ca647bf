handlers = []


def run():
    for handler in handlers:
        handler()
