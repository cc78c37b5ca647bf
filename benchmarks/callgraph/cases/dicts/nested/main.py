def one():
    pass


def two():
    pass


table = {"outer": {"inner": one, "other": two}}
table["outer"]["inner"]()
