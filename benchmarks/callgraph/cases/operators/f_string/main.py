class Name:
    def __str__(self):
        return "name"


text = f"hello {Name()}"
