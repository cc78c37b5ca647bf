class User:
    @property
    def name(self):
        return "me"

    @name.setter
    def name(self, value):
        check(value)


def check(value):
    pass


user = User()
user.name = "you"
