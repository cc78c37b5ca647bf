import copy


class Document:
    def __init__(self, reader):
        self.reader = reader

    def read(self):
        return self.reader()


def reader():
    return "text"


original = Document(reader)
clone = copy.copy(original)
clone.read()
