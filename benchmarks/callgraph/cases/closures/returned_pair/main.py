def pair():
    def get():
        return check()

    def put():
        return check()

    def check():
        return True

    return get, put


getter, putter = pair()
getter()
putter()
