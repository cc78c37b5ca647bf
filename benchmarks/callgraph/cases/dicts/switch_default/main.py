def insert():
    return 1


def update():
    return 2


def unknown():
    return 0


def switch(cmd):
    return {"insert": insert, "update": update}.get(cmd, unknown)()


switch("insert")
switch("update")
switch("other")
