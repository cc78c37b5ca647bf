class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, obj, objtype=None):
        return getattr(obj, self.name)

    def __set__(self, obj, value):
        self.validate(value)
        setattr(obj, self.name, value)

    def validate(self, value):
        if value < 0:
            raise ValueError(value)


class Account:
    balance = Positive()

    def __init__(self, balance):
        self.balance = balance


acc = Account(5)
acc.balance
acc.balance = 3
