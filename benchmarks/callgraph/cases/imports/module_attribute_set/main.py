import config


def handler():
    pass


config.hook = handler
config.fire()
