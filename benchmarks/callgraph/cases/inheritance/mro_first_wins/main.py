class One:
    def run(self):
        pass


class Two:
    def run(self):
        pass


class Both(Two, One):
    pass


Both().run()
