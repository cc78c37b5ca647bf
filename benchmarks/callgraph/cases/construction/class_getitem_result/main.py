class Box:
    def __class_getitem__(cls, item):
        return make(item)


def make(item):
    return item


class Thing:
    def run(self):
        pass


Box[Thing]().run()
