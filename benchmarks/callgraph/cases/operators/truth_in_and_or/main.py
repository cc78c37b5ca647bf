class Basket:
    def __init__(self, items):
        self.items = items

    def __len__(self):
        return count(self.items)


class Switch:
    def __bool__(self):
        return True


class Lamp:
    def __bool__(self):
        return False

    def light(self):
        pass


def count(items):
    return len(items)


def first(basket):
    return basket and basket.items


def either(switch, lamp):
    return switch or lamp


def last(lamp):
    return 1 and lamp


first(Basket([1]))
either(Switch(), Lamp())
last(Lamp()).light()
