from functools import singledispatch


@singledispatch
def show(value):
    pass


@show.register(int)
def show_int(value):
    pass


show("text")
show(1)
