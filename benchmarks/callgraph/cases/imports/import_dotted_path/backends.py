class FileBackend:
    def save(self):
        pass


class MemoryBackend:
    def save(self):
        pass
