class Name:
    def __str__(self):
        return "name"

    def __repr__(self):
        return "Name()"


str(Name())
repr(Name())
