class Version:
    def __init__(self, number):
        self.number = number

    def __lt__(self, other):
        return less(self.number, other.number)


class Release:
    def __init__(self, number):
        self.version = Version(number)

    def __lt__(self, other):
        return True


def less(one, other):
    return one < other


def rank(release):
    return release.version


def ranks(release):
    return (release.version, 1)


releases = [Release(2), Release(1)]
sorted(releases, key=rank)
releases.sort(key=ranks)
max(releases, key=lambda release: release.version.number)
