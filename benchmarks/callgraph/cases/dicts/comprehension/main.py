def one():
    pass


table = {name: one for name in ("a", "b")}
table["a"]()
