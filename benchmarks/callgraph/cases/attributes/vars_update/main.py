class A:
    def __init__(self, **options): self.__dict__.update(options)
    def run(self): self.hook()
def hook(): pass
A(hook=hook).run()
