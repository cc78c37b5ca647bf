def one(): pass
def two(): pass
def three(): pass
table = {"a": one}
table.update(a=two, b=three)
table["a"]()
table["b"]()
