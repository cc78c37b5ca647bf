def f():
    pass


exec("f()")
