class Watched:
    def __getattribute__(self, name):
        return work


def work():
    pass


Watched().anything()
