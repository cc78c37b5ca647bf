def counted(function):
    def wrapper():
        wrapper.hook()
        return function()
    wrapper.hook = note
    return wrapper
def note(): pass
@counted
def work(): pass
work()
