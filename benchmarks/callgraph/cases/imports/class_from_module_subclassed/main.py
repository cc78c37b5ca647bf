import base


class Child(base.Base):
    def hook(self):
        return "child"


class GrandChild(Child):
    def __init__(self):
        super().__init__()


GrandChild().run()
