class Outer:
    class Inner:
        def __init__(self):
            pass

        def use(self):
            pass

    def make(self):
        return self.Inner()


Outer().make().use()
