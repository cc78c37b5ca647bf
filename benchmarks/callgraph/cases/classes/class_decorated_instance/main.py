def singleton(cls):
    instance = cls()
    return instance


@singleton
class Settings:
    def __init__(self):
        self.load()

    def load(self):
        pass

    def get(self):
        pass


Settings.get()
