def collected(function):
    def wrapper(*args):
        return list(function(*args))
    return wrapper
@collected
def items():
    yield work
def work(): pass
items()[0]()
