class First:
    def __enter__(self):
        pass

    def __exit__(self, *error):
        pass


class Second:
    def __enter__(self):
        pass

    def __exit__(self, *error):
        pass


with First(), Second():
    pass
