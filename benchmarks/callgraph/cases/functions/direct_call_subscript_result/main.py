def f1():
    pass


def table():
    return {"a": [f1]}


table()["a"][0]()
