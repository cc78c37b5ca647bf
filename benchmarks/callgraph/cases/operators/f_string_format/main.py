class Name:
    def __format__(self, spec):
        return "name"

    def __repr__(self):
        return "Name()"


text = f"{Name():>10} {Name()!r}"
