class One:
    def run(self):
        pass


class Two:
    def go(self):
        pass


def start(thing):
    if isinstance(thing, One):
        thing.run()
    else:
        thing.go()


start(One())
start(Two())
