class Bag:
    def __init__(self, **items):
        self.__dict__.update(items)


def work():
    pass


Bag(run=work).run()
