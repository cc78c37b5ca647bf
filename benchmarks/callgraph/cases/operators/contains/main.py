class Box:
    def __contains__(self, item):
        return check(item)


def check(item):
    return True


found = 1 in Box()
missing = 1 not in Box()
