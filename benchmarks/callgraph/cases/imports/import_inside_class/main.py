class A:
    import lib

    from lib import g as method

    def run(self):
        self.lib.f()


A().run()
A().method()
