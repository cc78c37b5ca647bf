def work(): pass
def outer():
    def work(): inner()
    work()
def inner(): pass
outer()
work()
