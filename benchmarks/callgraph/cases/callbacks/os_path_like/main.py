import os
import os.path
import pathlib


class Place:
    def __init__(self, name):
        self.name = name

    def __fspath__(self):
        return self.name


def exists(place):
    return os.path.exists(place)


def joined(place):
    return os.path.join("/", place)


def listed(place):
    return os.listdir(place)


def as_path(place):
    return pathlib.Path(place)


def below(folder, place):
    return folder / place


def text(place):
    return os.fspath(place)


def opened(place):
    with open(place) as file:
        return file.read()


home = Place("/")
exists(home)
joined(home)
listed(home)
as_path(home)
below(pathlib.Path("/"), home)
text(home)
opened(Place(os.devnull))
