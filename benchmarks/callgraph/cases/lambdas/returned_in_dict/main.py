def maker():
    return {"a": lambda: f1(), "b": lambda x: x()}


def f1():
    pass


m = maker()
m["a"]()
m["b"](f1)
