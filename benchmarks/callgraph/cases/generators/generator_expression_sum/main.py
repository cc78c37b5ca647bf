class Order:
    def __init__(self, price, qty):
        self.price = price
        self.qty = qty

    @property
    def total(self):
        return compute(self.price, self.qty)


def compute(a, b):
    return a * b


orders = [Order(1, 2), Order(3, 4)]
sum(o.total for o in orders)
any(o.total > 10 for o in orders)
max((o.total for o in orders), default=0)
