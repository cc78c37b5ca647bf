def count(f):
    def wrapper(*a):
        wrapper.calls += 1
        return f(*a)

    wrapper.calls = 0
    wrapper.reset = reset
    return wrapper


def reset():
    pass


@count
def func():
    pass


func()
func.reset()
