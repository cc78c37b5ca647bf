class Query:
    def filter(self):
        return self

    def order(self):
        return self

    def all(self):
        return [self]


Query().filter().order().all()[0].filter()
