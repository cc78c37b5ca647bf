@lambda f: f
def work():
    pass


work()
