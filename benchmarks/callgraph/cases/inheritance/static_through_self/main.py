class Base:
    @staticmethod
    def check():
        pass

    def run(self):
        self.check()


class Tool(Base):
    @staticmethod
    def check():
        pass


Tool().run()
