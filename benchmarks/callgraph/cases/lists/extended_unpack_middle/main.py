def one(): pass
def two(): pass
def three(): pass
def four(): pass
first, *middle, last = [one, two, three, four]
middle[1]()
last()
