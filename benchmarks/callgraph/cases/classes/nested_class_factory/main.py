class Outer:
    class Inner:
        def __init__(self, owner):
            self.owner = owner

        def back(self):
            return self.owner.name()

    def name(self):
        return "outer"

    def make(self):
        return self.Inner(self)


Outer().make().back()
Outer.Inner(Outer()).back()
