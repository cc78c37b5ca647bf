class Base:
    def save(self):
        return write()


class Logged(Base):
    def save(self):
        log()
        return super().save()


class Timed(Base):
    def save(self):
        clock()
        return super().save()


class Model(Logged, Timed):
    pass


def write():
    pass


def log():
    pass


def clock():
    pass


Model().save()
