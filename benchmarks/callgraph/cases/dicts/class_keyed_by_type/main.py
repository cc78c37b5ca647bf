class Int:
    def emit(self):
        return 1


class Text:
    def emit(self):
        return 2


def int_writer(x):
    return x.emit()


def text_writer(x):
    return x.emit()


WRITERS = {Int: int_writer, Text: text_writer}


def write(obj):
    return WRITERS[type(obj)](obj)


write(Int())
write(Text())
