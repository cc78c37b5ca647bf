class User:
    def __init__(self, name):
        self.name = name

    def is_active(self):
        return True

    def greet(self):
        return self.name


users = [User("a"), User("b")]
active = filter(User.is_active, users)
list(map(lambda u: u.greet(), active))
for u in filter(lambda u: u.is_active(), users):
    u.greet()
