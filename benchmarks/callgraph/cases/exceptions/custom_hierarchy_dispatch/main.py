class Base(Exception):
    def handle(self):
        self.log()

    def log(self):
        pass


class Child(Base):
    def log(self):
        pass


def run():
    raise Child()


try:
    run()
except Base as error:
    error.handle()
