from importlib import import_module

BACKENDS = {"file": "backends.FileBackend", "memory": "backends.MemoryBackend"}


def load(path):
    module, name = path.rsplit(".", 1)
    return getattr(import_module(module), name)


load(BACKENDS["file"])().save()
