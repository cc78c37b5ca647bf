class Outer:
    class Inner:
        class Deep:
            def f(self):
                pass

        def g(self):
            return self.Deep()

    def h(self):
        return self.Inner()


Outer().h().g().f()
Outer.Inner.Deep().f()
