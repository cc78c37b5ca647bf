class Name:
    def __repr__(self):
        return build()


def build():
    return "Name"


text = str(Name())
print(Name())
