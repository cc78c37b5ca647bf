class Settings:
    def __init__(self):
        self.backend = None

    def configure(self, backend):
        self.backend = backend


settings = Settings()
