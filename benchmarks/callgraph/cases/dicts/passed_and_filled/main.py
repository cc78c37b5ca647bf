def one():
    pass


def fill(table):
    table["run"] = one


actions = {}
fill(actions)
actions["run"]()
