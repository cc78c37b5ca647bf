class Lazy(dict):
    def __getitem__(self, key):
        value = super().__getitem__(key)
        if callable(value):
            value = value()
            self[key] = value
        return value

    def __setitem__(self, key, value):
        super().__setitem__(key, self.clean(value))

    def clean(self, value):
        return value


def build():
    return 42


d = Lazy()
d["x"] = build
d["x"]
