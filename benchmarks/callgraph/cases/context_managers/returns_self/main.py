class Session:
    def __init__(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def query(self):
        pass

    def close(self):
        pass


with Session() as session:
    session.query()
