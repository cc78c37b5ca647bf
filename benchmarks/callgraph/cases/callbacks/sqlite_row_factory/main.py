import sqlite3


class Row:
    def __init__(self, cursor, values):
        self.values = values

    def first(self):
        return self.values[0]


def as_dict(cursor, values):
    return {"n": wrap(values[0])}


def wrap(value):
    return value


def twice(n):
    return n * 2


class Total:
    def __init__(self):
        self.sum = 0

    def step(self, n):
        self.sum += n

    def finalize(self):
        return self.sum


def run():
    connection = sqlite3.connect(":memory:")
    connection.create_function("twice", 1, twice)
    connection.create_aggregate("total_of", 1, Total)
    connection.row_factory = Row
    row = connection.execute("select twice(2)").fetchone()
    row.first()
    connection.execute("select total_of(1)").fetchall()
    connection.row_factory = as_dict
    for each in connection.execute("select 1"):
        each["n"]


run()
