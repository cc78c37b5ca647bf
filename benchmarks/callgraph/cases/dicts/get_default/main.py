def standard():
    pass


table = {}
table.get("missing", standard)()
