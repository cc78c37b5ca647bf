class User:
    @property
    def name(self):
        return "me"

    @name.deleter
    def name(self):
        forget()


def forget():
    pass


del User().name
