def do_open(file):
    pass


def do_close(file):
    pass


def do_read(file):
    pass


def do_write(file):
    pass


def do_seek(file):
    pass


def do_tell(file):
    pass


def do_flush(file):
    pass


def do_lock(file):
    pass


class File:
    pass


METHODS = {
    "open": do_open,
    "close": do_close,
    "read": do_read,
    "write": do_write,
    "seek": do_seek,
    "tell": do_tell,
    "flush": do_flush,
    "lock": do_lock,
}
for name, method in METHODS.items():
    setattr(File, name, method)
file = File()
file.open()
file.write()
file.close()
