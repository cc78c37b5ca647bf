def name():
    return "name"


text = f"hello {name()}"
