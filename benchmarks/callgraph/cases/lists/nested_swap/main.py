def one(): pass
def two(): pass
pair = [one, two]
pair[0], pair[1] = pair[1], pair[0]
pair[0]()
