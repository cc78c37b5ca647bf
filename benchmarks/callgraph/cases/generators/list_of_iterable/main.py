class Numbers:
    def __iter__(self):
        return iter((1, 2))


list(Numbers())
