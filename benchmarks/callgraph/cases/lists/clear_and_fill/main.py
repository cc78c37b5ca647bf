def one(): pass
def two(): pass
functions = [one]
functions.clear()
functions.append(two)
functions[0]()
