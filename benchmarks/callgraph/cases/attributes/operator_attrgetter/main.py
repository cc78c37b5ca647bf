import operator


class User:
    @property
    def name(self):
        return "me"


operator.attrgetter("name")(User())
