class One:
    def run(self):
        pass


class Two:
    def run(self):
        pass


class Holder:
    def __init__(self, item):
        self.item = item


first = Holder(One())
second = Holder(Two())
first.item.run()
