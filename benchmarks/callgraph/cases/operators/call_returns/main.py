class Action:
    def __call__(self):
        return work


def work():
    pass


Action()()()
