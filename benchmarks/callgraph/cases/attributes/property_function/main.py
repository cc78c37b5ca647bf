class User:
    def get(self):
        return "me"

    name = property(get)


User().name
