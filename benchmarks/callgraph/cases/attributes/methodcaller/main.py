import operator


class User:
    def save(self):
        pass


operator.methodcaller("save")(User())
