def one():
    pass


table = {}
table.setdefault("run", one)()
