class Base:
    def __init__(self):
        self.prepare()

    def prepare(self):
        return None

    def run(self):
        return self.hook()

    def hook(self):
        return "base"
