from settings import settings


def work():
    return settings.backend()
