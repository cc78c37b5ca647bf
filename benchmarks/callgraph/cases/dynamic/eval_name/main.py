def f():
    pass


g = eval("f")
g()
