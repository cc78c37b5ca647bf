from dataclasses import dataclass, field


class Reader:
    def close(self):
        pass


class Writer:
    def close(self):
        pass


@dataclass
class Session:
    readers: list[Reader] = field(default_factory=list)
    writers: list[Writer] = field(default_factory=list)

    def open(self):
        self.readers.append(Reader())
        self.writers.append(Writer())

    def read_all(self):
        for reader in self.readers:
            reader.close()

    def write_all(self):
        for writer in self.writers:
            writer.close()


session = Session()
session.open()
session.read_all()
session.write_all()
