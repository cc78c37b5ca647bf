class Numbers:
    def __iter__(self):
        return iter((1, 2))


doubled = [value * 2 for value in Numbers()]
