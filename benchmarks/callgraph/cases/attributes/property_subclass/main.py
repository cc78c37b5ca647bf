class classproperty(property):
    def __get__(self, instance, owner=None):
        return self.fget(owner)


class checked(property):
    def __get__(self, instance, owner=None):
        return super().__get__(instance, owner)

    def __set__(self, instance, value):
        super().__set__(instance, value)


class renamed(property):
    pass


class grouped(classmethod):
    def __get__(self, instance, owner=None):
        return super().__get__(instance, owner)


class Other:
    def use(self):
        pass


class Thing:
    @classproperty
    def of_class(cls):
        return Other()

    @checked
    def kept(self):
        return Other()

    @kept.setter
    def kept(self, value):
        value.use()

    @renamed
    def plain(self):
        return Other()

    @grouped
    def make(cls):
        return cls()


def read_of_class():
    Thing.of_class.use()


def read_kept(thing):
    thing.kept.use()


def write_kept(thing, value):
    thing.kept = value


def read_plain(thing):
    thing.plain.use()


def made():
    return Thing.make()


read_of_class()
read_kept(Thing())
write_kept(Thing(), Other())
read_plain(made())
