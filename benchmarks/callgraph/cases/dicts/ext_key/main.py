from ext_keys import KEY


def f1():
    pass


d = {KEY: f1}
d["key"]()
