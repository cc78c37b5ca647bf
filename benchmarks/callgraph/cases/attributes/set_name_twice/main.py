class Field:
    def __set_name__(self, owner, name):
        self.name = clean(name)

    def __get__(self, instance, owner):
        return load(self.name)


def clean(name):
    return name


def load(name):
    return name


class Model:
    title = Field()
    body = Field()


Model().title
