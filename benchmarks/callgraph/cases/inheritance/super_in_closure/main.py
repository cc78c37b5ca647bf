class Base:
    def run(self):
        pass


class Child(Base):
    def run(self):
        def inner():
            return super(Child, self).run()

        return inner()


Child().run()
