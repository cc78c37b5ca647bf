def one(): pass
def two(): pass
def run(*, callback=one): callback()
run()
run(callback=two)
