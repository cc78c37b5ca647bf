from contextlib import closing


class Connection:
    def close(self):
        pass

    def query(self):
        pass


with closing(Connection()) as connection:
    connection.query()
