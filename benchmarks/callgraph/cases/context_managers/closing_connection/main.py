from contextlib import closing


class Connection:
    def query(self):
        pass

    def close(self):
        flush()


def flush():
    pass


with closing(Connection()) as connection:
    connection.query()
