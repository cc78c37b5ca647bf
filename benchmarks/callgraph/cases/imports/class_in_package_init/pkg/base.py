class Base:
    def use(self):
        pass
