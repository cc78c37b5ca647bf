def one():
    pass


def two():
    pass


table = {"a": [one, {"b": (two, one)}]}
table["a"][1]["b"][0]()
