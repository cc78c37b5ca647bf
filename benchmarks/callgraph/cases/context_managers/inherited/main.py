class Base:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


class File(Base):
    def close(self):
        pass


with File():
    pass
