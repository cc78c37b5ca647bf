class Conf:
    def __init__(self, **settings):
        self.__dict__.update(settings)


def on():
    return 1


conf = Conf(start=on)
conf.start()
