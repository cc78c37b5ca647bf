class Outer:
    @staticmethod
    def helper():
        pass

    class Inner:
        def run(self):
            Outer.helper()


Outer.Inner().run()
