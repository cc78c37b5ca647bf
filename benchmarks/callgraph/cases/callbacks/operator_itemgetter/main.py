import operator
def one(): pass
def two(): pass
get = operator.itemgetter("b")
get({"a": one, "b": two})()
