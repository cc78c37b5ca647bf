class Hammer:
    def use(self):
        pass
