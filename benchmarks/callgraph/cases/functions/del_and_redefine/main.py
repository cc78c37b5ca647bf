def work(): pass
def other(): pass
run = work
del work
def work(): other()
run()
work()
