class Name:
    def __str__(self):
        return "name"


print(Name())
