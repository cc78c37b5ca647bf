class Tool:
    def first(self):
        pass

    def second(self):
        pass

    def third(self):
        pass


for name in ("first", "second"):
    getattr(Tool(), name)()
