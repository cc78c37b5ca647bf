def counter():
    value = 0

    def increment():
        nonlocal value
        value += 1
        return get()

    def get():
        return value

    return {"inc": increment, "get": get}


c = counter()
c["inc"]()
c["get"]()
