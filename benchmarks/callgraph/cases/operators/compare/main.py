class Version:
    def __lt__(self, other):
        return True

    def __eq__(self, other):
        return True


older = Version() < Version()
same = Version() == Version()
