class Path(str):
    def join_with(self, other):
        return Path(self + "/" + other)

    def exists(self):
        return check(self)


def check(p):
    return bool(p)


Path("a").join_with("b").exists()
