class Owner:
    def greet(self):
        pass


class Shop:
    owner = Owner()
