class One:
    def run(self):
        pass


class Two:
    def run(self):
        pass


def same(item):
    return item


first = same(One())
second = same(Two())
first.run()
