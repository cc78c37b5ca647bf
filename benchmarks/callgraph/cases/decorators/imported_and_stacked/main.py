from decs import a, b


@a
@b
def func():
    pass


func()
