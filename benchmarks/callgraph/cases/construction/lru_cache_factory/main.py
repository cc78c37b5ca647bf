from functools import lru_cache


class Settings:
    def __init__(self):
        pass

    def read(self):
        pass


@lru_cache
def get_settings():
    return Settings()


get_settings().read()
