class Field:
    def __get__(self, instance, owner):
        return work

    def __set__(self, instance, value):
        pass


class Model:
    field = Field()


def work():
    pass


model = Model()
model.field()
model.field = 1
