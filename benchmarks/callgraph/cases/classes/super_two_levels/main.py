class Top:
    def use(self):
        pass


class Middle(Top):
    pass


class Bottom(Middle):
    def use(self):
        super().use()


Bottom().use()
