from abc import ABC, abstractmethod


class Exporter(ABC):
    def export(self):
        return self.write(self.collect())

    @abstractmethod
    def collect(self): ...

    @property
    @abstractmethod
    def suffix(self): ...

    def write(self, data):
        return data + self.suffix


class Txt(Exporter):
    def collect(self):
        return "data"

    @property
    def suffix(self):
        return ".txt"


Txt().export()
