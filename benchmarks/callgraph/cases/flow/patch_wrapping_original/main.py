class Api:
    def get(self):
        return 1


original = Api.get


def logged(self):
    before()
    return original(self)


def before():
    return None


Api.get = logged
Api().get()
