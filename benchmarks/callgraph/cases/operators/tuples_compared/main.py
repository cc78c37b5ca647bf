class Money:
    def __init__(self, cents):
        self.cents = cents

    def __eq__(self, other):
        return self.cents == other.cents

    def __lt__(self, other):
        return self.cents < other.cents


class Name:
    def __init__(self, text):
        self.text = text

    def __eq__(self, other):
        return same(self, other)


def same(one, other):
    return one.text == other.text


class Price:
    def __init__(self, name, money):
        self.name = Name(name)
        self.money = Money(money)

    def __eq__(self, other):
        return (self.name, self.money) == (other.name, other.money)


class Cost:
    def __init__(self, money):
        self.money = Money(money)

    def __lt__(self, other):
        return [self.money] < [other.money]


Price("a", 1) == Price("a", 2)
Cost(1) < Cost(2)
