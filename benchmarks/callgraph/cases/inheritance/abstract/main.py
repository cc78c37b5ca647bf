from abc import ABC, abstractmethod


class Store(ABC):
    @abstractmethod
    def load(self):
        pass

    def read(self):
        return self.load()


class FileStore(Store):
    def load(self):
        return 1


FileStore().read()
