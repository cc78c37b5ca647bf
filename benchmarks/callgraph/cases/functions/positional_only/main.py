def one(): pass
def two(): pass
def run(callback, /, **kwargs):
    callback()
    kwargs["callback"]()
run(one, callback=two)
