class Rows:
    def __getitem__(self, index):
        if index > 1:
            raise IndexError
        return index


for row in Rows():
    pass
