class Query:
    def __init__(self, table):
        self.table = table
        self.parts = []

    def where(self, cond):
        self.parts.append(cond)
        return self

    def order_by(self, col):
        return self._add("order", col)

    def _add(self, kind, value):
        self.parts.append((kind, value))
        return self

    def build(self):
        return Statement(self)


class Statement:
    def __init__(self, query):
        self.query = query

    def execute(self):
        return render(self.query)


def render(query):
    return query.table


Query("users").where("x").order_by("y").build().execute()
