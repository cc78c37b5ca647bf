from typing import Protocol, runtime_checkable


@runtime_checkable
class Closes(Protocol):
    def close(self): ...


class File:
    def close(self):
        return 1


class Text:
    def read(self):
        return 2


def end(thing):
    if isinstance(thing, Closes):
        return thing.close()
    return thing.read()


end(File())
end(Text())
