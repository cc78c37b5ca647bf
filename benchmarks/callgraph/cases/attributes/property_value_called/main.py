class User:
    @property
    def action(self):
        return work


def work():
    pass


User().action()
